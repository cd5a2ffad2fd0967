/* Every function, with arguments that make sense. */

#include "host.h"

#include <string.h>

static unsigned char room[8192];
static word room_length;
static unsigned char bytes[32];
static struct mechanism mechanism;

/* Calls a function that has no use on a card for log-in, with good arguments. */
static void call_by_signature(enum function function, word session, word slot, word key) {
  word arguments[MOST_ARGUMENTS] = {0};
  word class = CKO_CERTIFICATE;
  struct attribute template = {CKA_CLASS, &class, sizeof class};
  room_length = sizeof room;
  const char *signature = signatures[function];
  for (int place = 0; signature[place] != 0; place++) {
    switch (signature[place]) {
      case 's': arguments[place] = session; break;
      case 'l': arguments[place] = slot; break;
      case 'o': arguments[place] = key; break;
      case 'u': arguments[place] = CKU_USER; break;
      case 'i': arguments[place] = (word)bytes; break;
      case 'n': arguments[place] = sizeof bytes; break;
      case 'O':
      case 'V': arguments[place] = (word)room; break;
      case 'N': arguments[place] = (word)&room_length; break;
      case 'm': arguments[place] = (word)&mechanism; break;
      case 't': arguments[place] = (word)&template; break;
      case 'c': arguments[place] = 1; break;
      default: break;
    }
  }
  expect_at(names[function], 0, "the answer", answers[function], call_with(function, arguments));
}

static void general(void) {
  struct interface interfaces[4];
  word count = 0;
  expect(OK, call(GetInterfaceList, 0, (word)&count));
  check(count == 2);
  count = 4;
  expect(OK, call(GetInterfaceList, (word)interfaces, (word)&count));
  check(count == 2 && strcmp(interfaces[0].name, "PKCS 11") == 0);
  struct version version = {2, 40};
  struct interface *interface = NULL;
  expect(OK, call(GetInterface, (word) "PKCS 11", (word)&version, (word)&interface, 0));
  check(interface->list->version.major == 2);
  /* As NSS asks first, and what it asks for last. */
  check(call(GetInterface, (word) "PKCS 11", 0, (word)&interface, 1) != OK);
  check(call(GetInterface, (word) "Vendor NSS FIPS Interface", 0, (word)&interface, 0) != OK);
  struct list *list = NULL;
  expect(OK, call(GetFunctionList, (word)&list));
  expect(OK, call(GetInfo, (word)room));
  check(room[0] == 2 && room[1] == 40);
}

static void slots_and_tokens(word slot) {
  struct slot_info slot_info;
  expect(OK, call(GetSlotInfo, slot, (word)&slot_info));
  check((slot_info.flags & 1) == 1);
  struct token_info token_info;
  expect(OK, call(GetTokenInfo, slot, (word)&token_info));
  check(memcmp(token_info.label, "PIN1 - login", 12) == 0);
  check(token_info.pin_least == 4);
  word kinds[8], count = 0;
  expect(OK, call(GetMechanismList, slot, 0, (word)&count));
  check(count > 0 && count <= 8);
  expect(OK, call(GetMechanismList, slot, (word)kinds, (word)&count));
  struct { word least, most, flags; } mechanism_info;
  expect(OK, call(GetMechanismInfo, slot, kinds[0], (word)&mechanism_info));
  check(mechanism_info.least <= mechanism_info.most);
  word changed;
  expect(NO_EVENT, call(WaitForSlotEvent, CKF_DONT_BLOCK, (word)&changed, 0));
}

static void objects(word session) {
  word certificate = find(session, CKO_CERTIFICATE);
  check(certificate != 0 && find(session, CKO_PUBLIC_KEY) != 0);
  check(find(session, CKO_PRIVATE_KEY) == 0);
  struct attribute value = {CKA_VALUE, NULL, 0};
  expect(OK, call(GetAttributeValue, session, certificate, (word)&value, 1));
  check(value.length > 500 && value.length < sizeof room);
  value.value = room;
  expect(OK, call(GetAttributeValue, session, certificate, (word)&value, 1));
  check(room[0] == 0x30);
}

static void signatures_of_the_key(word session, word slot) {
  expect(OK, log_in(session));
  word key = find(session, CKO_PRIVATE_KEY);
  check(key != 0);
  expect(OK, sign(session, key));
  struct attribute secret = {CKA_VALUE, room, sizeof room};
  expect(ATTRIBUTE_SENSITIVE, call(GetAttributeValue, session, key, (word)&secret, 1));
  mechanism = own_mechanism(slot);
  unsigned char data[64];
  word length = digest_to_sign(data);
  expect(OK, call(SignInit, session, (word)&mechanism, key));
  room_length = 0;
  expect(OK, call(Sign, session, (word)data, length, 0, (word)&room_length));
  check(room_length >= 96 && room_length <= 512);
  /* Asking for the length left it begun; it is given up in the way of v3.0. */
  expect(OK, call(SessionCancel, session, 0x800));
  expect(OPERATION_NOT_INITIALIZED, call(Sign, session, (word)data, length, (word)room, (word)&room_length));
  for (int function = 0; function < FUNCTIONS; function++) {
    if (answers[function] != OK) {
      call_by_signature(function, session, slot, key);
    }
  }
  expect(OK, call(Logout, session));
  expect(USER_NOT_LOGGED_IN, call(Logout, session));
}

static void pins(word session) {
  word length = strlen(PIN);
  expect(OK, call(SetPIN, session, (word)PIN, length, (word) "4321", 4));
  expect(OK, call(SetPIN, session, (word) "4321", 4, (word)PIN, length));
  expect(OK, call(Login, session, CKU_SO, (word) "12345678", 8));
  expect(OK, call(InitPIN, session, (word)PIN, length));
  expect(OK, log_in(session));
}

void do_good(void) {
  expect(OK, call(Initialize, 0));
  general();
  word slot = first_slot();
  slots_and_tokens(slot);
  word session = open_session(slot);
  struct session_info info;
  expect(OK, call(GetSessionInfo, session, (word)&info));
  check(info.slot == slot && info.state == 2);
  objects(session);
  signatures_of_the_key(session, slot);
  pins(session);
  expect(OK, call(CloseSession, session));
  open_session(slot);
  expect(OK, call(CloseAllSessions, slot));
  expect(OK, call(Finalize, 0));
}
