/* C_WaitForSlotEvent that blocks: ended by C_Finalize, and by a card that comes or goes.
 *
 * The cards are moved by whoever runs the host: it does what each printed line says. */

#include "host.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WAITERS = 4, ROUNDS = 10 };

static atomic_int threads[WAITERS];
static atomic_ulong results[WAITERS];

static void *wait_for_event(void *which) {
  word number = (word)which, slot = 0;
  threads[number] = (int)syscall(SYS_gettid);
  results[number] = call(WaitForSlotEvent, 0, (word)&slot, 0);
  return NULL;
}

/* Until a thread has slept for a while on end: then it waits, and not for a short answer. */
static void until_it_waits(word number) {
  double start = now();
  for (int asleep = 0; asleep < 20; nap()) {
    asleep = threads[number] != 0 && sleeps(threads[number]) ? asleep + 1 : 0;
    check(now() - start < 10);
  }
}

/* Ends waits at their beginning, and some that have gone on for a while. */
static void finalize_ends_waits(void) {
  for (word round = 0; round < ROUNDS; round++) {
    expect(OK, call(Initialize, 0));
    pthread_t waiters[WAITERS];
    for (word i = 0; i < WAITERS; i++) {
      threads[i] = 0;
      results[i] = 0xFFFF;
      check(pthread_create(&waiters[i], NULL, wait_for_event, (void *)i) == 0);
    }
    for (word i = 0; i < WAITERS && round % 2 == 0; i++) {
      until_it_waits(i);
    }
    double start = now();
    expect(OK, call(Finalize, 0));
    for (word i = 0; i < WAITERS; i++) {
      check(pthread_join(waiters[i], NULL) == 0);
      expect(CRYPTOKI_NOT_INITIALIZED, results[i]);
    }
    check(now() - start < 2);
  }
}

/* Says what is to be done, and waits until it is. */
static void event(const char *what, bool present) {
  puts(what);
  word slot = 99;
  double start = now();
  expect(OK, call(WaitForSlotEvent, 0, (word)&slot, 0));
  check(slot == 0 && now() - start < 30);
  struct slot_info info;
  expect(OK, call(GetSlotInfo, slot, (word)&info));
  check(((info.flags & 1) != 0) == present);
  expect(NO_EVENT, call(WaitForSlotEvent, CKF_DONT_BLOCK, (word)&slot, 0));
}

void do_wait(void) {
  finalize_ends_waits();
  expect(OK, call(Initialize, 0));
  word session = open_session(first_slot()), slot;
  expect(NO_EVENT, call(WaitForSlotEvent, CKF_DONT_BLOCK, (word)&slot, 0));
  size_t descriptors = count_descriptors();
  for (int i = 0; i < 3; i++) {
    event("take out", false);
    expect(SESSION_HANDLE_INVALID, call(CloseSession, session));
    event("put in", true);
    session = open_session(0);
    check(find(session, CKO_CERTIFICATE) != 0);
    expect(OK, call(CloseAllSessions, 0));
    session = open_session(0);
  }
  /* The connection to the card is there now; of all the waits nothing is. */
  printf("%zu %zu\n", descriptors, count_descriptors());
  check(count_descriptors() <= descriptors + 1);
  expect(OK, call(Finalize, 0));
}
