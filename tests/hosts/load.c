/* Loads the module and calls its functions by their place in the list. */

#include "host.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const names[FUNCTIONS] = {
#define FUNCTION(name, arguments, answer) "C_" #name,
#include "functions.h"
#undef FUNCTION
};

const char *const signatures[FUNCTIONS] = {
#define FUNCTION(name, arguments, answer) arguments,
#include "functions.h"
#undef FUNCTION
};

const word answers[FUNCTIONS] = {
#define FUNCTION(name, arguments, answer) answer,
#include "functions.h"
#undef FUNCTION
};

const char *module_path;
static void *module;
static struct list *list;

/* dlsym hands out object pointers; POSIX promises that a function's fits. */
static void symbol(const char *name, void *function) {
  void *found = dlsym(module, name);
  check(found != NULL);
  memcpy(function, &found, sizeof found);
}

void load(void) {
  module = dlopen(module_path, RTLD_NOW | RTLD_LOCAL);
  if (module == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  word (*get_function_list)(struct list_2_40 **);
  word (*get_interface)(const char *, struct version *, struct interface **, word);
  symbol("C_GetFunctionList", &get_function_list);
  symbol("C_GetInterface", &get_interface);
  struct list_2_40 *old = NULL;
  expect(OK, get_function_list(&old));
  check(old->version.major == 2 && old->version.minor == 40);
  struct interface *interface = NULL;
  expect(OK, get_interface("PKCS 11", NULL, &interface, 0));
  list = interface->list;
  check(list->version.major == 3 && list->version.minor == 0);
  for (int function = 0; function < FUNCTIONS; function++) {
    check(list->functions[function] != NULL);
    check(function >= FUNCTIONS_2_40 || old->functions[function] == list->functions[function]);
  }
}

void unload(void) {
  list = NULL;
  check(dlclose(module) == 0);
}

struct list *functions(void) { return list; }

/* Every argument of PKCS #11 is a number or a pointer and goes where any other would go; a function
 * with fewer of them does not look at the rest. So one way of calling serves all of them, and a
 * table can say what each is called with. */
word call_with(enum function function, const word a[MOST_ARGUMENTS]) {
  word (*any)(word, word, word, word, word, word, word, word, word, word);
  memcpy(&any, &list->functions[function], sizeof any);
  return any(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9]);
}

void expect_at(const char *file, int line, const char *what, word answer, word result) {
  if (result != answer) {
    fprintf(stderr, "%s:%d: %s: %#lx instead of %#lx\n", file, line, what, result, answer);
    /* The other threads may be anywhere. */
    _Exit(1);
  }
}

void check_at(const char *file, int line, const char *what, bool condition) {
  if (!condition) {
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    _Exit(1);
  }
}
