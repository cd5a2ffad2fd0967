/* A log-in whose last session is closed, or whose module is finalised, while the PIN is on its way:
 * nobody is logged in afterwards, and the card has forgotten the PIN. */

#include "host.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { ROUNDS = 25 };

static word session;

static void *log_in_to_it(void *result) {
  *(word *)result = log_in(session);
  return NULL;
}

/* Keeps the card busy, so that whoever else wants it has to wait. */
static void *search(void *nothing) {
  call(FindObjectsInit, session, 0, 0);
  return nothing;
}

/* Logs in in a thread, and does something else a little later, each time at another moment. */
static void log_in_until(int round, enum function function, word argument) {
  word result = 0xFFFF;
  pthread_t thread, searching;
  check(pthread_create(&searching, NULL, search, NULL) == 0);
  check(pthread_create(&thread, NULL, log_in_to_it, &result) == 0);
  nanosleep(&(struct timespec){0, round * 500000L}, NULL);
  expect(OK, call(function, argument));
  check(pthread_join(thread, NULL) == 0);
  check(pthread_join(searching, NULL) == 0);
  check(result == OK || result == SESSION_HANDLE_INVALID || result == CRYPTOKI_NOT_INITIALIZED);
}

void do_close(void) {
  for (int round = 0; round < ROUNDS; round++) {
    expect(OK, call(Initialize, 0));
    word slot = first_slot();
    session = open_session(slot);
    log_in_until(round, CloseAllSessions, slot);
    word other = open_session(slot);
    struct session_info info;
    expect(OK, call(GetSessionInfo, other, (word)&info));
    check(info.state == 2);
    session = other;
    log_in_until(round, Finalize, 0);
    /* What the card made of it, a module cannot tell: whoever runs the host looks, and says so. */
    puts("finalized");
    check(getchar() != EOF);
  }
}
