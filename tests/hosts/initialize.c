/* C_Initialize and C_Finalize as hosts call them: twice, not at all, with locks of their own. */

#include "host.h"

#include <pthread.h>
#include <stdlib.h>

static word create(void **mutex) {
  *mutex = malloc(sizeof(pthread_mutex_t));
  return *mutex != NULL && pthread_mutex_init(*mutex, NULL) == 0 ? OK : GENERAL_ERROR;
}

static word destroy(void *mutex) {
  pthread_mutex_destroy(mutex);
  free(mutex);
  return OK;
}

static word lock(void *mutex) { return pthread_mutex_lock(mutex) == 0 ? OK : GENERAL_ERROR; }

static word unlock(void *mutex) { return pthread_mutex_unlock(mutex) == 0 ? OK : GENERAL_ERROR; }

void do_initialize(void) {
  static const struct {
    struct initialize arguments;
    word answer;
  } cases[] = {
      /* NSS; p11-kit; libp11. */
      {{create, destroy, lock, unlock, 3, NULL}, OK},
      {{NULL, NULL, NULL, NULL, 3, NULL}, OK},
      {{NULL, NULL, NULL, NULL, CKF_OS_LOCKING_OK, NULL}, OK},
      /* A host of one thread. */
      {{NULL, NULL, NULL, NULL, 0, NULL}, OK},
      /* One that offers only its own locks. */
      {{create, destroy, lock, unlock, 0, NULL}, CANT_LOCK},
      /* Mistakes. */
      {{create, destroy, lock, NULL, CKF_OS_LOCKING_OK, NULL}, ARGUMENTS_BAD},
      {{NULL, NULL, NULL, unlock, 0, NULL}, ARGUMENTS_BAD},
      {{NULL, NULL, NULL, NULL, CKF_OS_LOCKING_OK, (void *)1}, ARGUMENTS_BAD},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    expect(CRYPTOKI_NOT_INITIALIZED, call(Finalize, 0));
    expect(cases[i].answer, call(Initialize, (word)&cases[i].arguments));
    if (cases[i].answer == OK) {
      expect(CRYPTOKI_ALREADY_INITIALIZED, call(Initialize, (word)&cases[i].arguments));
      expect(CRYPTOKI_ALREADY_INITIALIZED, call(Initialize, 0));
      /* The second one changed nothing. */
      word session = open_session(first_slot());
      check(find(session, CKO_CERTIFICATE) != 0);
      expect(ARGUMENTS_BAD, call(Finalize, (word)&session));
      expect(OK, call(CloseSession, session));
      expect(OK, call(Finalize, 0));
      /* What belonged to that time does not come back with the next. */
      expect(CRYPTOKI_NOT_INITIALIZED, call(CloseSession, session));
    }
  }
  expect(CRYPTOKI_NOT_INITIALIZED, call(Finalize, 0));
}
