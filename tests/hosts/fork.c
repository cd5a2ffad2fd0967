/* A host that forks while one of its threads is inside the module. */

#include "host.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FORKS = 20 };

static atomic_bool over, child_works;
static atomic_ulong signed_so_far;
static word session, key;

/* Signs all the time; when the child's log-out made the card forget the PIN, logs in again.
 *
 * While the child works it leaves the card alone after the call it is in: pcsc-lite tries to get at
 * a busy card only every tenth of a second, so that one process that never pauses keeps others out. */
static void *sign_on(void *nothing) {
  struct session_info info;
  while (!over) {
    if (child_works) {
      expect(OK, call(GetSessionInfo, session, (word)&info));
      continue;
    }
    word answer = sign(session, key);
    if (answer == USER_NOT_LOGGED_IN) {
      answer = log_in(session);
      check(answer == OK || answer == USER_ALREADY_LOGGED_IN);
    } else {
      expect(OK, answer);
      signed_so_far++;
    }
  }
  return nothing;
}

/* What a child may do: nothing with what it inherited, everything with a module of its own. */
static void child(word inherited, word number) {
  /* Ends a child that hangs; the parent sees by what it ended. */
  alarm(10);
  struct session_info info;
  word changed;
  expect(CRYPTOKI_NOT_INITIALIZED, call(GetSessionInfo, inherited, (word)&info));
  expect(CRYPTOKI_NOT_INITIALIZED, call(WaitForSlotEvent, 0, (word)&changed, 0));
  expect(CRYPTOKI_NOT_INITIALIZED, log_in(inherited));
  expect(CRYPTOKI_NOT_INITIALIZED, sign(inherited, key));
  expect(CRYPTOKI_NOT_INITIALIZED, call(Finalize, 0));
  double start = now();
  expect(OK, call(Initialize, 0));
  expect(SESSION_HANDLE_INVALID, call(GetSessionInfo, inherited, (word)&info));
  word own = open_session(first_slot());
  word certificate = find(own, CKO_CERTIFICATE);
  check(certificate != 0);
  if (number % 4 == 0) {
    expect(OK, log_in(own));
    word own_key = find(own, CKO_PRIVATE_KEY);
    check(own_key != 0);
    /* The other process may have had the card forget the PIN in between. */
    word answer = sign(own, own_key);
    check(answer == OK || answer == USER_NOT_LOGGED_IN);
  }
  check(now() - start < 1);
  expect(OK, call(Finalize, 0));
  if (number % 4 == 1) {
    /* A child of a child, which finds nothing of either. */
    expect(CRYPTOKI_NOT_INITIALIZED, call(Finalize, 0));
    pid_t grandchild = fork();
    if (grandchild == 0) {
      alarm(10);
      expect(CRYPTOKI_NOT_INITIALIZED, call(Finalize, 0));
      expect(OK, call(Initialize, 0));
      check(find(open_session(first_slot()), CKO_CERTIFICATE) != 0);
      _exit(0);
    }
    int status = 0;
    check(waitpid(grandchild, &status, 0) == grandchild && status == 0);
  }
}

void do_fork(void) {
  expect(OK, call(Initialize, 0));
  word slot = first_slot();
  word other = open_session(slot);
  session = open_session(slot);
  expect(OK, log_in(session));
  key = find(session, CKO_PRIVATE_KEY);
  check(key != 0);
  pthread_t signer;
  check(pthread_create(&signer, NULL, sign_on, NULL) == 0);
  for (word i = 0; i < FORKS; i++) {
    /* In the middle of its work, not before it began. */
    word before = signed_so_far;
    double start = now();
    while (signed_so_far == before) {
      check(now() - start < 10);
      nap();
    }
    child_works = true;
    pid_t process = fork();
    check(process >= 0);
    if (process == 0) {
      child(other, i);
      _exit(0);
    }
    int status = 0;
    check(waitpid(process, &status, 0) == process);
    check(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    struct session_info info;
    expect(OK, call(GetSessionInfo, other, (word)&info));
    child_works = false;
  }
  over = true;
  check(pthread_join(signer, NULL) == 0);
  expect(OK, call(Finalize, 0));
}
