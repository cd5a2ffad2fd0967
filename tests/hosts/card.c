/* The usual work with the card in the first reader. */

#include "host.h"

#include <string.h>

word first_slot(void) {
  word slots[16], count = 16;
  expect(OK, call(GetSlotList, true, (word)slots, (word)&count));
  check(count > 0);
  return slots[0];
}

word open_session(word slot) {
  word session = 0;
  expect(OK, call(OpenSession, slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, 0, 0, (word)&session));
  return session;
}

/* The first object of a class, 0 for none. */
word find(word session, word class) {
  struct attribute template = {CKA_CLASS, &class, sizeof class};
  word object = 0, count = 0;
  expect(OK, call(FindObjectsInit, session, (word)&template, 1));
  expect(OK, call(FindObjects, session, (word)&object, 1, (word)&count));
  expect(OK, call(FindObjectsFinal, session));
  return count == 1 ? object : 0;
}

word log_in(word session) { return call(Login, session, CKU_USER, (word)PIN, strlen(PIN)); }

/* The mechanism of the card's key that takes a digest as it is, or in a DigestInfo. */
struct mechanism own_mechanism(word slot) {
  word kinds[8], count = 8;
  expect(OK, call(GetMechanismList, slot, (word)kinds, (word)&count));
  check(count > 0);
  return (struct mechanism){kinds[0], NULL, 0};
}

/* A DigestInfo for SHA-256: good for CKM_RSA_PKCS, and for CKM_ECDSA as 51 bytes like any. */
word digest_to_sign(unsigned char data[64]) {
  static const unsigned char prefix[] = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                         0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
  memset(data, 0x5A, 64);
  memcpy(data, prefix, sizeof prefix);
  return sizeof prefix + 32;
}

word sign(word session, word key) {
  struct session_info info;
  word result = call(GetSessionInfo, session, (word)&info);
  if (result != OK) {
    return result;
  }
  struct mechanism mechanism = own_mechanism(info.slot);
  result = call(SignInit, session, (word)&mechanism, key);
  if (result != OK) {
    return result;
  }
  unsigned char data[64], signature[1024];
  word length = sizeof signature;
  word data_length = mechanism.type == CKM_ECDSA ? 48 : 51;
  digest_to_sign(data);
  return call(Sign, session, (word)data, data_length, (word)signature, (word)&length);
}
