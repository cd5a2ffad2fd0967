/* A card that forgets the PIN with each signature: the key says so once it has shown, and each
 * signature is begun, given the PIN, and made, as the standard has it. */

#include "host.h"

#include <string.h>

static bool always_authenticate(word session, word key) {
  unsigned char value = 0xFF;
  struct attribute attribute = {CKA_ALWAYS_AUTHENTICATE, &value, sizeof value};
  expect(OK, call(GetAttributeValue, session, key, (word)&attribute, 1));
  check(value <= 1);
  return value == 1;
}

void do_once(void) {
  expect(OK, call(Initialize, 0));
  word slot = first_slot(), session = open_session(slot);
  expect(OK, log_in(session));
  word key = find(session, CKO_PRIVATE_KEY);
  check(key != 0 && !always_authenticate(session, key));
  expect(OK, sign(session, key));
  expect(USER_NOT_LOGGED_IN, sign(session, key));
  check(always_authenticate(session, key));
  struct mechanism mechanism = own_mechanism(slot);
  unsigned char data[64], signature[512];
  for (int round = 0; round < 3; round++) {
    word length = sizeof signature, digest = digest_to_sign(data);
    expect(OK, call(SignInit, session, (word)&mechanism, key));
    expect(OK, call(Login, session, CKU_CONTEXT_SPECIFIC, (word)PIN, strlen(PIN)));
    expect(OK, call(Sign, session, (word)data, digest, (word)signature, (word)&length));
    /* Good for one, and for no other. */
    expect(USER_NOT_LOGGED_IN, sign(session, key));
    expect(OPERATION_NOT_INITIALIZED, call(Login, session, CKU_CONTEXT_SPECIFIC, (word)PIN, strlen(PIN)));
  }
  expect(OK, call(Logout, session));
  expect(OK, call(Finalize, 0));
}
