/* Threads of one program that use one context, and one that gives it up while the others are at work. */

#include "caller.h"

#include <stdio.h>

enum { THREADS = 6, ROUNDS = 5, INVALID_HANDLE = 0x80100003 };

static struct caller *shared;
static volatile LONG unexpected, busy;
/* Whether the context may be gone. */
static volatile LONG given_up;

static void judge(const char *name, uint32_t code, bool gave) {
  bool may_be_gone = InterlockedCompareExchange(&given_up, 0, 0) != 0;
  if ((code == 0 && gave) || (code == INVALID_HANDLE && !gave && may_be_gone)) return;
  fprintf(stderr, "%s by a thread: %#lx\n", name, (unsigned long)code);
  InterlockedIncrement(&unexpected);
}

static uint32_t read_certificate(void) {
  char *directory = fenced_copy("mscp", 5), *file = fenced_copy("ksc00", 6);
  uint8_t **contents = fenced(sizeof *contents);
  uint32_t *length = fenced(sizeof *length);
  *contents = NULL;
  uint32_t code = CALL(shared, ReadFile_, POINTER(directory), POINTER(file), 0, POINTER(contents), POINTER(length));
  judge("ReadFile", code, *contents != NULL);
  if (*contents) unfence(*contents);
  unfence(length);
  unfence(contents);
  unfence(file);
  unfence(directory);
  return code;
}

static uint32_t sign_digest(void) {
  uint8_t *digest = fenced(48);
  struct signing_info *info = fenced(sizeof *info);
  *info = (struct signing_info){.version = 2, .key_spec = SIGNATURE, .data = digest, .data_length = 48};
  uint32_t code = CALL(shared, SignData, POINTER(info));
  judge("SignData", code, info->signature != NULL && info->signature_length == 96);
  if (info->signature) unfence(info->signature);
  unfence(info);
  unfence(digest);
  return code;
}

static DWORD WINAPI work(void *unused) {
  (void)unused;
  InterlockedIncrement(&busy);
  for (size_t round = 0; round < ROUNDS; round++) {
    read_certificate();
    sign_digest();
  }
  InterlockedDecrement(&busy);
  // And on until the context is gone.
  while (read_certificate() == 0 && sign_digest() == 0) {}
  return 0;
}

unsigned calls_at_once(struct caller *caller) {
  HANDLE threads[THREADS];
  shared = caller;
  for (size_t i = 0; i < THREADS; i++) threads[i] = CreateThread(NULL, 0, work, NULL, 0, NULL);
  // Not before each has seen it work.
  for (size_t i = 0; i < THREADS; i++)
    while (InterlockedCompareExchange(&busy, 0, 0) != 0 || sign_digest() != 0) Sleep(1);
  InterlockedExchange(&given_up, 1);
  uint32_t code = CALL(caller, DeleteContext, 0);
  if (code != 0) InterlockedIncrement(&unexpected);
  WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE);
  for (size_t i = 0; i < THREADS; i++) CloseHandle(threads[i]);
  return (unsigned)unexpected;
}
