/* Many threads that call whatever they like, while another one finalises and initialises again. */

#include "host.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

enum { THREADS = 16 };

static word calls;
static atomic_int running;
static atomic_ulong answered[0x201];

/* One that repeats itself: a failure can be looked for again. */
static uint32_t random_number(uint64_t *state) {
  *state = *state * 6364136223846793005 + 1442695040888963407;
  return (uint32_t)(*state >> 33);
}

/* Handles are small numbers, so that threads meet in the same sessions. */
static word any_session(uint64_t *state) { return random_number(state) % 40; }

static word any_object(uint64_t *state) {
  return (word)(random_number(state) % 16) << 8 | random_number(state) % 4;
}

/* One call out of a browser's life, or out of nobody's. */
static word any_call(uint64_t *state) {
  unsigned char room[8192], data[64];
  word session = any_session(state), object = any_object(state), slot = random_number(state) % 6;
  word count = random_number(state) % 16, length = random_number(state) % sizeof room;
  word class = random_number(state) % 4;
  struct attribute template = {CKA_CLASS, &class, sizeof class};
  struct attribute asked = {random_number(state) % 2 ? CKA_VALUE : CKA_ID, room, length};
  struct mechanism mechanism = {random_number(state) % 2 ? CKM_ECDSA : CKM_RSA_PKCS, NULL, 0};
  struct interface *interface;
  switch (random_number(state) % 24) {
    case 0: return call(GetInfo, (word)room);
    case 1: count = 16; return call(GetSlotList, true, (word)room, (word)&count);
    case 2: return call(GetSlotInfo, slot, (word)room);
    case 3: return call(GetTokenInfo, slot, (word)room);
    case 4: count = 16; return call(GetMechanismList, slot, (word)room, (word)&count);
    case 5: return call(GetMechanismInfo, slot, mechanism.type, (word)room);
    case 6:
    case 7:
    case 8: return call(OpenSession, slot % 2, CKF_SERIAL_SESSION | (count & 2), 0, 0, (word)room);
    case 9: return call(CloseSession, session);
    case 10: return random_number(state) % 8 ? OK : call(CloseAllSessions, slot);
    case 11: return call(GetSessionInfo, session, (word)room);
    case 12: return log_in(session);
    case 13: return call(Login, session, count % 3, (word) "no digits", 9);
    case 14: return random_number(state) % 4 ? OK : call(Logout, session);
    case 15: return call(FindObjectsInit, session, (word)&template, count % 2);
    case 16: return call(FindObjects, session, (word)room, count, (word)&length);
    case 17: return call(FindObjectsFinal, session);
    case 18: return call(GetAttributeValue, session, object, (word)&asked, 1);
    case 19: return call(SignInit, session, (word)&mechanism, object);
    case 20: return call(Sign, session, (word)data, digest_to_sign(data), (word)room, (word)&length);
    case 21: return call(WaitForSlotEvent, random_number(state) % 2, (word)room, 0);
    case 22: return call(SetPIN, session, (word) "no digits", 9, (word)PIN, 4);
    default: return call(GetInterface, 0, 0, (word)&interface, 0);
  }
}

static void *work(void *seed) {
  uint64_t state = (word)seed;
  for (word done = 0; done < calls;) {
    word answer = any_call(&state);
    check(answer < sizeof answered / sizeof answered[0]);
    answered[answer]++;
    if (answer == CRYPTOKI_NOT_INITIALIZED) {
      nap();
    } else {
      done++;
    }
  }
  running--;
  return NULL;
}

void do_threads(word how_many) {
  calls = how_many;
  running = THREADS;
  expect(OK, call(Initialize, 0));
  pthread_t threads[THREADS];
  for (word i = 0; i < THREADS; i++) {
    check(pthread_create(&threads[i], NULL, work, (void *)(i + 1)) == 0);
  }
  word last = 0;
  while (running > 0) {
    /* Some work between the one and the next; but whoever waits for a card waits for this, too. */
    double start = now();
    while (running > 0 && answered[OK] < last + 500 && now() - start < 0.2) {
      nap();
    }
    last = answered[OK];
    start = now();
    expect(OK, call(Finalize, 0));
    check(now() - start < 5);
    expect(OK, call(Initialize, 0));
  }
  for (word i = 0; i < THREADS; i++) {
    check(pthread_join(threads[i], NULL) == 0);
  }
  /* No panic was caught, and threads did get something done. */
  check(answered[GENERAL_ERROR] == 0);
  check(answered[OK] > calls && answered[CRYPTOKI_NOT_INITIALIZED] > 0);
  word session = open_session(first_slot());
  expect(OK, log_in(session));
  word key = find(session, CKO_PRIVATE_KEY);
  check(key != 0);
  expect(OK, sign(session, key));
  expect(OK, call(Finalize, 0));
}
