/* A Windows program that uses the PKCS #11 module as a browser does: it loads the file that its first
 * argument names and does what each line of standard input says.
 *
 *   slots                    how many slots have a token
 *   open                     a session with the first of them
 *   certificate              the first certificate
 *   login PIN
 *   sign MECHANISM BYTES     with the private key; both in hexadecimal
 *   close                    the session
 *   wait                     until something happens in a slot
 *
 * Each is answered by a line: what the module returned, and what it gave, in hexadecimal. The types
 * are written down here from PKCS #11 v2.40, whose structures are packed on Windows.
 */
#include <windows.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* CK_ULONG, CK_RV and every handle: 32 bits on Windows. */
typedef unsigned long word;
_Static_assert(sizeof(word) == 4, "Windows has short longs");

#pragma pack(push, 1)
struct attribute { word type; void *value; word length; };
struct mechanism { word type; void *parameter; word length; };
struct initialize { void *functions[4]; word flags; void *reserved; };
enum function {
#define FUNCTION(name, arguments, answer) name,
#include "../../hosts/functions.h"
#undef FUNCTION
};
struct list { unsigned char version[2]; void *functions[GetInterfaceList]; };
#pragma pack(pop)

enum { OS_LOCKING_OK = 2, SERIAL_SESSION = 4, USER = 1, CERTIFICATE = 1, PRIVATE_KEY = 3, CLASS = 0, VALUE = 0x11 };
enum { BUFFER_TOO_SMALL = 0x150, NOTHING_FOUND = 0x80000001 };

static struct list *list;
static word session;

/* Calls a function of the module by its place in the list. */
#define CALL(function, types, ...) (((word(*) types)list->functions[function])(__VA_ARGS__))

static void answer(word code, const unsigned char *bytes, size_t length) {
  printf("%lx ", code);
  for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
  puts("");
  fflush(stdout);
}

static word slots_with_token(word *slots, word *count) {
  return CALL(GetSlotList, (unsigned char, word *, word *), 1, slots, count);
}

static void tell_slots(void) {
  word count = 0;
  word code = slots_with_token(NULL, &count);
  unsigned char small = (unsigned char)count;
  answer(code, &small, 1);
}

static void open_session(void) {
  word slots[16], count = 16;
  word code = slots_with_token(slots, &count);
  if (code == 0 && count == 0) code = NOTHING_FOUND;
  if (code == 0)
    code = CALL(OpenSession, (word, word, void *, void *, word *), slots[0], SERIAL_SESSION, NULL, NULL, &session);
  answer(code, NULL, 0);
}

static word find(word class, word *object) {
  struct attribute wanted = {CLASS, &class, sizeof class};
  word count = 0;
  word code = CALL(FindObjectsInit, (word, struct attribute *, word), session, &wanted, 1);
  if (code != 0) return code;
  code = CALL(FindObjects, (word, word *, word, word *), session, object, 1, &count);
  CALL(FindObjectsFinal, (word), session);
  return code == 0 && count == 0 ? NOTHING_FOUND : code;
}

static void tell_certificate(void) {
  unsigned char bytes[8192];
  struct attribute value = {VALUE, bytes, sizeof bytes};
  word object = 0;
  word code = find(CERTIFICATE, &object);
  if (code == 0)
    code = CALL(GetAttributeValue, (word, word, struct attribute *, word), session, object, &value, 1);
  answer(code, bytes, code == 0 ? value.length : 0);
}

static void log_in(char *pin) {
  word code = CALL(Login, (word, word, char *, word), session, USER, pin, (word)strlen(pin));
  SecureZeroMemory(pin, strlen(pin));
  answer(code, NULL, 0);
}

static void sign(const char *kind, const char *text) {
  unsigned char data[256], signature[1024];
  word length = 0, room = sizeof signature, key = 0;
  for (unsigned byte; length < sizeof data && sscanf(text + 2 * length, "%2x", &byte) == 1; length++)
    data[length] = (unsigned char)byte;
  struct mechanism mechanism = {strtoul(kind, NULL, 16), NULL, 0};
  word code = find(PRIVATE_KEY, &key);
  if (code == 0) code = CALL(SignInit, (word, struct mechanism *, word), session, &mechanism, key);
  if (code == 0)
    code = CALL(Sign, (word, void *, word, void *, word *), session, data, length, signature, &room);
  answer(code, signature, code == 0 ? room : 0);
}

static void close_session(void) {
  answer(CALL(CloseSession, (word), session), NULL, 0);
}

static void wait_for_event(void) {
  word slot = 0;
  answer(CALL(WaitForSlotEvent, (word, word *, void *), 0, &slot, NULL), NULL, 0);
}

int main(int count, char **arguments) {
  HMODULE module = count == 2 ? LoadLibraryA(arguments[1]) : NULL;
  if (!module) return fprintf(stderr, "host: the module cannot be loaded: %lu\n", GetLastError()), 2;
  word (*list_of)(struct list **) = (word(*)(struct list **))(void (*)(void))GetProcAddress(module, "C_GetFunctionList");
  if (!list_of || list_of(&list) != 0) return fprintf(stderr, "host: it is no PKCS #11 module\n"), 2;
  struct initialize threads = {.flags = OS_LOCKING_OK};
  word code = CALL(Initialize, (void *), &threads);
  answer(code, list->version, sizeof list->version);
  char line[1024];
  while (fgets(line, sizeof line, stdin)) {
    char *what = strtok(line, " \r\n"), *first = strtok(NULL, " \r\n"), *second = strtok(NULL, " \r\n");
    if (!what) continue;
    if (!strcmp(what, "slots")) tell_slots();
    else if (!strcmp(what, "open")) open_session();
    else if (!strcmp(what, "certificate")) tell_certificate();
    else if (!strcmp(what, "login") && first) log_in(first);
    else if (!strcmp(what, "sign") && second) sign(first, second);
    else if (!strcmp(what, "close")) close_session();
    else if (!strcmp(what, "wait")) wait_for_event();
    else return fprintf(stderr, "host: %s?\n", what), 2;
  }
  code = CALL(Finalize, (void *), NULL);
  FreeLibrary(module);
  answer(code, NULL, 0);
  return code == 0 ? 0 : 1;
}
