/* A Windows program that uses the card module as Windows' key storage provider does: it loads the file that
 * its first argument names and does what each line of standard input says, for one of several callers.
 *
 *   caller N                     who does what follows; 0 at the beginning
 *   connect READER               a connection to a card, also instead of another one
 *   reconnect                    accepts that somebody reset the card
 *   hold, release, reset         a transaction over several lines, and how it ends
 *   acquire VERSION
 *   delete
 *   file DIRECTORY NAME          "." is the root
 *   names DIRECTORY
 *   size DIRECTORY NAME
 *   key                          the public key
 *   property FLAGS NAME
 *   pin DIGITS, pinex DIGITS     by the function of version 4, and that of 6; what is left
 *   change OLD NEW, unblock PUK NEW
 *   deauthenticate, deauthenticateex
 *   sign VERSION FLAGS ALGORITHM PADDING HASH SALT BYTES
 *                                numbers in hexadecimal, "-" for nothing; the signature, or its length
 *   versions, bad, memory, late  tables of bad calls; how many were not answered as they must be
 *   threads                      calls by several threads, after a log-in and until the context is given up
 *   again                        unloads the module and loads it anew
 *
 * Each is answered by a line: what the module returned, and what it gave, in hexadecimal.
 */
#include "caller.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winscard.h>

enum { CALLERS = 3 };

static struct caller callers[CALLERS], *caller = callers;

static void answer(uint32_t code, const void *bytes, size_t length) {
  printf("%lx ", (unsigned long)code);
  for (size_t i = 0; bytes && i < length; i++) printf("%02x", ((const uint8_t *)bytes)[i]);
  puts("");
  fflush(stdout);
}

/* What no code may do, and how far behind the beginning of the module. A panic of the module is none of it:
 * those unwind within. */
static LONG CALLBACK tell_crash(EXCEPTION_POINTERS *what) {
  const EXCEPTION_RECORD *record = what->ExceptionRecord;
  if (record->ExceptionCode < 0xC0000000) return EXCEPTION_CONTINUE_SEARCH;
  const uint8_t *module = (const uint8_t *)GetModuleHandleA("siru_minidriver.dll");
  printf("crash %lx at %#llx\n", (unsigned long)record->ExceptionCode,
         (unsigned long long)((const uint8_t *)record->ExceptionAddress - module));
  fflush(stdout);
  TerminateProcess(GetCurrentProcess(), 97);
  return EXCEPTION_CONTINUE_SEARCH;
}

/* A word of a line, in memory of its own; null for "-". */
static char *name(const char *word) {
  if (!strcmp(word, "-")) return NULL;
  if (!strcmp(word, ".")) word = "";
  return fenced_copy(word, strlen(word) + 1);
}

static wchar_t *wide_name(const char *word) {
  size_t length = strlen(word) + 1;
  if (!strcmp(word, "-")) return NULL;
  wchar_t *wide = fenced(length * sizeof *wide);
  for (size_t i = 0; i < length; i++) wide[i] = (unsigned char)word[i];
  return wide;
}

static void forget(void *memory) {
  if (memory) unfence(memory);
}

/* Tells what a function gave that allocates. */
static void answer_given(uint32_t code, uint8_t **place, uint32_t *length) {
  answer(code, code == 0 ? *place : NULL, code == 0 ? *length : 0);
  free_outstanding();
  unfence(place);
  unfence(length);
}

static void read_file(const char *directory_word, const char *file_word) {
  char *directory = name(directory_word), *file = name(file_word);
  uint8_t **contents = fenced(sizeof *contents);
  uint32_t *length = fenced(sizeof *length);
  uint32_t code = CALL(caller, ReadFile_, POINTER(directory), POINTER(file), 0, POINTER(contents), POINTER(length));
  answer_given(code, contents, length);
  forget(directory);
  forget(file);
}

static void list_names(const char *directory_word) {
  char *directory = name(directory_word);
  uint8_t **names = fenced(sizeof *names);
  uint32_t *length = fenced(sizeof *length);
  uint32_t code = CALL(caller, EnumFiles, POINTER(directory), POINTER(names), POINTER(length), 0);
  answer_given(code, names, length);
  forget(directory);
}

static void tell_size(const char *directory_word, const char *file_word) {
  char *directory = name(directory_word), *file = name(file_word);
  uint8_t *info = fenced(FILE_INFO);
  memcpy(info, &(uint32_t){1}, 4);
  uint32_t code = CALL(caller, GetFileInfo, POINTER(directory), POINTER(file), POINTER(info));
  answer(code, info, code == 0 ? FILE_INFO : 0);
  unfence(info);
  forget(directory);
  forget(file);
}

static void tell_key(void) {
  struct container_info *info = fenced(sizeof *info);
  info->version = 1;
  uint32_t code = CALL(caller, GetContainerInfo, 0, 0, POINTER(info));
  answer(code, code == 0 ? info->signature_key : NULL, code == 0 ? info->signature_key_length : 0);
  free_outstanding();
  unfence(info);
}

/* Asks for the length first, as callers do, with room for the version of a structure; then for all. */
static void tell_property(uint32_t flags, const char *name_word) {
  wchar_t *property = wide_name(name_word);
  uint32_t *length = fenced(sizeof *length), small = 0;
  uint32_t code = CALL(caller, GetProperty, POINTER(property), POINTER(&small), 0, POINTER(length), flags);
  if (code == ERROR_INSUFFICIENT_BUFFER) {
    uint32_t room = *length;
    uint8_t *bytes = fenced(room);
    if (room >= 4) memset(bytes, 0, 4);
    code = CALL(caller, GetProperty, POINTER(property), POINTER(bytes), room, POINTER(length), flags);
    answer(code, bytes, code == 0 ? *length : 0);
    unfence(bytes);
  } else {
    answer(code, NULL, 0);
  }
  unfence(length);
  unfence(property);
}

/* Functions with PINs. Their digits are wiped at once. */
static void use_pins(const char *what, char *first_word, char *second_word) {
  uint8_t *first = fenced_copy(first_word, strlen(first_word));
  uint8_t *second = second_word ? fenced_copy(second_word, strlen(second_word)) : NULL;
  uint64_t length = strlen(first_word), second_length = second_word ? strlen(second_word) : 0, user = POINTER(L"user");
  uint32_t *left = fenced(sizeof *left), code;
  uint64_t one = POINTER(first), two = POINTER(second), attempts = POINTER(left);
  memset(left, 0, sizeof *left);
  if (!strcmp(what, "pin")) code = CALL(caller, AuthenticatePin, user, one, length, attempts);
  else if (!strcmp(what, "pinex")) code = CALL(caller, AuthenticateEx, PIN_USER, 0, one, length, 0, 0, attempts);
  else if (!strcmp(what, "change"))
    code = CALL(caller, ChangeAuthenticator, user, one, length, two, second_length, 0, BY_PIN, attempts);
  else
    code = CALL(caller, ChangeAuthenticatorEx, UNBLOCK, PIN_UNBLOCK, one, length, PIN_USER, two, second_length, 0,
                attempts);
  SecureZeroMemory(first, length);
  SecureZeroMemory(first_word, length);
  if (second) SecureZeroMemory(second, second_length), SecureZeroMemory(second_word, second_length), unfence(second);
  answer(code, left, sizeof *left);
  unfence(first);
  unfence(left);
}

static void sign(char *words[7]) {
  uint32_t numbers[6];
  for (size_t i = 0; i < 6; i++) numbers[i] = i == 4 ? 0 : strtoul(words[i], NULL, 16);
  size_t length = strcmp(words[6], "-") ? strlen(words[6]) / 2 : 0;
  uint8_t *data = fenced(length);
  for (size_t i = 0; i < length; i++) {
    unsigned byte = 0;
    sscanf(words[6] + 2 * i, "%2x", &byte);
    data[i] = (uint8_t)byte;
  }
  wchar_t *hash = wide_name(words[4]);
  // That of PKCS #1 ends with the name.
  struct padding_info whole_padding = {hash, numbers[5]};
  void *padding = fenced_copy(&whole_padding, numbers[3] == PADDING_PKCS1 ? sizeof hash : sizeof whole_padding);
  struct signing_info whole = {
    .version = numbers[0], .key_spec = SIGNATURE, .flags = numbers[1], .algorithm = numbers[2], .data = data,
    .data_length = (uint32_t)length, .padding = padding, .padding_type = numbers[3]};
  struct signing_info *info = fenced_copy(&whole, signing_info_length(numbers[0]));
  uint32_t code = CALL(caller, SignData, POINTER(info));
  if (numbers[1] & SIZE_ONLY) answer(code, &info->signature_length, sizeof info->signature_length);
  else answer(code, info->signature, info->signature ? info->signature_length : 0);
  free_outstanding();
  unfence(info);
  unfence(padding);
  forget(hash);
  unfence(data);
}

static uint32_t load_again(const char *file) {
  for (size_t round = 0; round < 20; round++) {
    if (!unload() || GetModuleHandleA("siru_minidriver.dll") || !load(file)) return 1;
    uint32_t code = acquire_for(caller, NEWEST);
    if (code == 0) code = CALL(caller, DeleteContext, 0);
    if (code != 0) return code;
  }
  return 0;
}

static bool obey(char *what, char *words[7], size_t count, const char *file) {
  if (!strcmp(what, "caller") && count == 1) answer(0, NULL, 0), caller = &callers[atoi(words[0]) % CALLERS];
  else if (!strcmp(what, "connect") && count == 1)
    answer((uint32_t)connect_card(caller, (unsigned)atoi(words[0])), NULL, 0);
  else if (!strcmp(what, "reconnect")) answer((uint32_t)reconnect_card(caller), NULL, 0);
  else if (!strcmp(what, "hold")) answer((uint32_t)SCardBeginTransaction(caller->card), NULL, 0);
  else if (!strcmp(what, "release")) answer((uint32_t)SCardEndTransaction(caller->card, SCARD_LEAVE_CARD), NULL, 0);
  else if (!strcmp(what, "reset")) answer((uint32_t)SCardEndTransaction(caller->card, SCARD_RESET_CARD), NULL, 0);
  else if (!strcmp(what, "acquire") && count == 1) answer(acquire_for(caller, strtoul(words[0], NULL, 10)), NULL, 0);
  else if (!strcmp(what, "delete")) answer(CALL(caller, DeleteContext, 0), NULL, 0);
  else if (!strcmp(what, "file") && count == 2) read_file(words[0], words[1]);
  else if (!strcmp(what, "names") && count == 1) list_names(words[0]);
  else if (!strcmp(what, "size") && count == 2) tell_size(words[0], words[1]);
  else if (!strcmp(what, "key")) tell_key();
  else if (!strcmp(what, "pin") || !strcmp(what, "pinex")) use_pins(what, words[0], NULL);
  else if ((!strcmp(what, "change") || !strcmp(what, "unblock")) && count == 2) use_pins(what, words[0], words[1]);
  else if (!strcmp(what, "deauthenticate")) answer(CALL(caller, Deauthenticate, POINTER(L"user"), 0), NULL, 0);
  else if (!strcmp(what, "deauthenticateex")) answer(CALL(caller, DeauthenticateEx, 1 << PIN_USER, 0), NULL, 0);
  else if (!strcmp(what, "sign") && count == 7) sign(words);
  else if (!strcmp(what, "versions")) answer(bad_versions(caller), NULL, 0);
  else if (!strcmp(what, "bad") && count == 1)
    answer(bad_calls(caller, strtoul(words[0], NULL, 10)), NULL, 0);
  else if (!strcmp(what, "memory")) answer(bad_allocations(caller), NULL, 0);
  else if (!strcmp(what, "late")) answer(late_calls(caller), NULL, 0);
  else if (!strcmp(what, "threads")) answer(calls_at_once(caller), NULL, 0);
  else if (!strcmp(what, "again")) answer(load_again(file), NULL, 0);
  else return false;
  return true;
}

int main(int count, char **arguments) {
  AddVectoredExceptionHandler(1, tell_crash);
  if (count != 2 || !load(arguments[1]))
    return fprintf(stderr, "caller: the card module cannot be loaded: %lu\n", GetLastError()), 2;
  answer(0, NULL, 0);
  char line[1024];
  while (fgets(line, sizeof line, stdin)) {
    char *what = strtok(line, " \r\n"), *words[7] = {0};
    size_t given = 0;
    if (!what) continue;
    if (!strcmp(what, "property")) {
      // The name of a property has spaces.
      char *flags = strtok(NULL, " "), *property = strtok(NULL, "\r\n");
      if (!flags || !property) return 2;
      tell_property(strtoul(flags, NULL, 16), property);
      continue;
    }
    for (char *word; given < 7 && (word = strtok(NULL, " \r\n")); given++) words[given] = word;
    if (!obey(what, words, given, arguments[1])) return fprintf(stderr, "caller: %s?\n", what), 2;
    SecureZeroMemory(line, sizeof line);
  }
  answer(outstanding() == 0 && needless_calls() == 0 ? 0 : 1, NULL, 0);
  return 0;
}
