/* Every function with one argument at a time as bad as a host can make it: null, a handle of nothing,
 * a length beyond all bounds, a pointer that is aligned to nothing; before initialising, with and
 * without a log-in, and after finalising.
 *
 * Whatever is announced as room or as bytes is there, so that a host under AddressSanitizer or
 * valgrind finds every byte the module touches beyond it. Lengths that no memory could have must be
 * refused before anything is read. */

#include "host.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HUGE_ROOM = 1 << 17 };

/* What a call leads to; made anew for each, in memory of exactly its size. */
struct memory {
  unsigned char *bytes, *huge, *room, *output, *output_2, *template, *mechanism, *length, *version;
  char *name;
  word class;
};

static struct memory make(void) {
  struct memory it = {malloc(32), malloc(HUGE_ROOM), malloc(8192), malloc(512), malloc(512),
                      malloc(sizeof(struct attribute)), malloc(sizeof(struct mechanism)),
                      malloc(sizeof(word)), malloc(sizeof(struct version)), strdup("PKCS 11"),
                      CKO_CERTIFICATE};
  check(it.bytes && it.huge && it.room && it.output && it.output_2 && it.template && it.mechanism &&
        it.length && it.version && it.name);
  /* No digits: as a PIN this is malformed, so that no try is ever spent. */
  memset(it.bytes, 0xA5, 32);
  memset(it.huge, 0xA5, HUGE_ROOM);
  memcpy(it.length, &(word){8192}, sizeof(word));
  memcpy(it.version, &(struct version){3, 0}, sizeof(struct version));
  return it;
}

static void destroy(struct memory *it) {
  free(it->bytes);
  free(it->huge);
  free(it->room);
  free(it->output);
  free(it->output_2);
  free(it->template);
  free(it->mechanism);
  free(it->length);
  free(it->version);
  free(it->name);
}

/* What a call is made with when nothing is wrong. */
struct surroundings {
  word slot, session, object;
  struct mechanism mechanism;
};

/* The good arguments of a function. */
static void fill(enum function function, struct memory *it, const struct surroundings *around,
                 word arguments[MOST_ARGUMENTS]) {
  struct attribute attribute = {CKA_CLASS, &it->class, sizeof it->class};
  memcpy(it->template, &attribute, sizeof attribute);
  memcpy(it->mechanism, &around->mechanism, sizeof around->mechanism);
  bool output_given = false;
  for (int place = 0; signatures[function][place] != 0; place++) {
    word *argument = &arguments[place];
    switch (signatures[function][place]) {
      case 's': *argument = around->session; break;
      case 'l': *argument = around->slot; break;
      case 'o': *argument = around->object; break;
      case 'k': *argument = around->mechanism.type; break;
      case 'u': *argument = CKU_USER; break;
      case 'i': *argument = (word)it->bytes; break;
      case 'n': *argument = 32; break;
      case 'O': *argument = (word)it->room; break;
      case 'N': *argument = (word)it->length; break;
      case 'V': *argument = (word)(output_given ? it->output_2 : it->output); output_given = true; break;
      case 'x': *argument = 8192 / sizeof(word); break;
      case 'm': *argument = (word)it->mechanism; break;
      case 't': *argument = (word)it->template; break;
      case 'c': *argument = 1; break;
      case 'f': *argument = CKF_SERIAL_SESSION | CKF_DONT_BLOCK; break;
      case 'a': *argument = (word)it->name; break;
      case 'v': *argument = (word)it->version; break;
      default: *argument = 0; break;
    }
  }
}

/* How many ways there are of spoiling one argument. */
enum { WAYS = 8 };

/* Spoils one argument; false when there is no such way for it. */
static bool spoil(struct memory *it, char kind, int way, word *argument) {
  static const word numbers[WAYS] = {0, 1, 0xFFFF, 0x7FFFFFFF, UINT32_MAX, (word)1 << 32, INT64_MAX, UINT64_MAX};
  static const word lengths[WAYS] = {0, 1, 31, HUGE_ROOM, UINT32_MAX, (word)1 << 32, INT64_MAX, UINT64_MAX};
  switch (kind) {
    case 'n':
      *argument = lengths[way];
      return true;
    case 'c':
      /* One attribute is there; more than any template has must not be looked for. */
      *argument = way < 2 ? (word)way : lengths[way];
      return way != 2;
    case 'N':
      if (way == 0) {
        *argument = 0;
      } else {
        memcpy(it->length, &numbers[way], sizeof(word));
      }
      return way < 2 || numbers[way] >= 0xFFFF;
    case 'x':
      *argument = way == 0 ? 0 : 8192 / sizeof(word);
      return way == 0;
    case 's': case 'l': case 'o': case 'k': case 'u': case 'b':
      *argument = numbers[way];
      return true;
    case 'f':
      /* Without this flag a call may wait for ever, as it should. */
      *argument = numbers[way] | CKF_DONT_BLOCK;
      return true;
    case 'r':
      *argument = (word)it->bytes;
      return way == 0;
    case 'i':
      *argument = way == 0 ? 0 : (word)it->bytes + 1;
      return way < 1;
    default:
      break;
  }
  if (way == 0) {
    *argument = 0;
    return true;
  }
  if (way == 1 && (kind == 'O' || kind == 'V')) {
    /* Aligned to nothing, with as much room as any output needs. */
    *argument += 1;
    return true;
  }
  if (way == 2 && (kind == 'm' || kind == 't')) {
    memmove(it->huge + 1, (void *)*argument, sizeof(struct mechanism));
    *argument = (word)(it->huge + 1);
    return true;
  }
  if (way == 3 && kind == 'm') {
    struct mechanism bad = {CKM_RSA_PKCS_PSS, it->bytes, sizeof(struct pss) - 1};
    memcpy(it->mechanism, &bad, sizeof bad);
    return true;
  }
  if (way == 4 && kind == 'm') {
    struct mechanism bad = {CKM_RSA_PKCS_PSS, it->huge, UINT64_MAX};
    memcpy(it->mechanism, &bad, sizeof bad);
    return true;
  }
  if (way == 5 && kind == 'm') {
    struct mechanism bad = {CKM_RSA_PKCS_PSS, it->huge + 1, sizeof(struct pss)};
    memcpy(it->mechanism, &bad, sizeof bad);
    return true;
  }
  if (way == 3 && kind == 't') {
    struct attribute bad = {CKA_VALUE, NULL, UINT64_MAX};
    memcpy(it->template, &bad, sizeof bad);
    return true;
  }
  if (way == 4 && kind == 't') {
    struct attribute bad = {UINT64_MAX, it->bytes, 32};
    memcpy(it->template, &bad, sizeof bad);
    return true;
  }
  if (way == 5 && kind == 't') {
    struct attribute bad = {CKA_ID, it->bytes, 0};
    memcpy(it->template, &bad, sizeof bad);
    return true;
  }
  if (way == 1 && kind == 'a') {
    it->name[0] = 0;
    return true;
  }
  return false;
}

/* Whether a sweep calls a function. */
static bool is_swept(enum function function, bool initialised) {
  if (function == Initialize) {
    return false;
  }
  return function != Finalize || !initialised;
}

static bool works_uninitialised(enum function function) {
  return function == GetFunctionList || function == GetInterface || function == GetInterfaceList;
}

/* A call that was made with bad arguments, and what it answered. */
static void judge(enum function function, bool initialised, word answer) {
  if (!initialised && !works_uninitialised(function)) {
    bool reserved = function == Finalize && answer == ARGUMENTS_BAD;
    expect_at(names[function], 0, "not initialised", CRYPTOKI_NOT_INITIALIZED,
              reserved ? CRYPTOKI_NOT_INITIALIZED : answer);
  }
  /* That would be a panic which was caught, or a number that is no return value at all. */
  check_at(names[function], 0, "a known answer", answer != GENERAL_ERROR && answer <= 0x200);
  if (answers[function] != OK && initialised) {
    expect_at(names[function], 0, "the answer", answers[function],
              answer == SESSION_HANDLE_INVALID || answer == OPERATION_NOT_INITIALIZED ? answers[function] : answer);
  }
}

/* Puts things right after a call that closed the session or ended the log-in. */
static void restore(struct surroundings *around, bool logged_in) {
  struct session_info info;
  if (call(GetSessionInfo, around->session, (word)&info) != OK) {
    around->session = open_session(around->slot);
    call(GetSessionInfo, around->session, (word)&info);
  }
  if (logged_in && info.state != 3) {
    expect(OK, log_in(around->session));
  }
  call(FindObjectsFinal, around->session);
  call(SessionCancel, around->session, 0x800);
}

static void sweep(struct surroundings *around, bool initialised, bool logged_in) {
  for (int function = 0; function < FUNCTIONS; function++) {
    if (!is_swept(function, initialised)) {
      continue;
    }
    int count = (int)strlen(signatures[function]);
    for (int place = 0; place < count; place++) {
      for (int way = 0; way < WAYS; way++) {
        struct memory it = make();
        word arguments[MOST_ARGUMENTS] = {0};
        fill(function, &it, around, arguments);
        if (spoil(&it, signatures[function][place], way, &arguments[place])) {
          if (function == Sign && logged_in) {
            call(SignInit, around->session, (word)&around->mechanism, around->object);
          }
          judge(function, initialised, call_with(function, arguments));
        }
        destroy(&it);
        /* Only these three end anything. */
        if (initialised && (function == CloseSession || function == CloseAllSessions || function == Logout ||
                            function == OpenSession)) {
          if (function == OpenSession) {
            call(CloseAllSessions, around->slot);
          }
          restore(around, logged_in);
        }
      }
    }
    if (initialised) {
      restore(around, logged_in);
    }
  }
}

/* A null pointer where something must be, and each kind of bad handle: the answer is known. */
static void specific(struct surroundings *around) {
  word session = around->session, slot = around->slot, key = around->object;
  word count = 1, class = CKO_CERTIFICATE;
  unsigned char out[512];
  struct attribute template = {CKA_CLASS, &class, sizeof class};
  struct mechanism *mechanism = &around->mechanism;
  word closed = open_session(slot);
  expect(OK, call(CloseSession, closed));
  const word bad_sessions[] = {0, closed, UINT32_MAX, UINT64_MAX, (word)session << 32};
  for (size_t i = 0; i < sizeof bad_sessions / sizeof bad_sessions[0]; i++) {
    word bad = bad_sessions[i];
    expect(SESSION_HANDLE_INVALID, call(CloseSession, bad));
    expect(SESSION_HANDLE_INVALID, call(GetSessionInfo, bad, (word)out));
    expect(SESSION_HANDLE_INVALID, log_in(bad));
    expect(SESSION_HANDLE_INVALID, call(Logout, bad));
    expect(SESSION_HANDLE_INVALID, call(FindObjectsInit, bad, (word)&template, 1));
    expect(SESSION_HANDLE_INVALID, call(FindObjects, bad, (word)out, 1, (word)&count));
    expect(SESSION_HANDLE_INVALID, call(FindObjectsFinal, bad));
    expect(SESSION_HANDLE_INVALID, call(GetAttributeValue, bad, key, (word)&template, 1));
    expect(SESSION_HANDLE_INVALID, call(SignInit, bad, (word)mechanism, key));
    expect(SESSION_HANDLE_INVALID, call(Sign, bad, (word)out, 32, (word)out, (word)&count));
    expect(SESSION_HANDLE_INVALID, call(SessionCancel, bad, 0));
    expect(SESSION_HANDLE_INVALID, call(SetPIN, bad, (word) "1", 1, (word) "1", 1));
  }
  expect(SLOT_ID_INVALID, call(GetSlotInfo, UINT64_MAX, (word)out));
  expect(SLOT_ID_INVALID, call(GetTokenInfo, 999, (word)out));
  expect(SLOT_ID_INVALID, call(OpenSession, 999, CKF_SERIAL_SESSION, 0, 0, (word)out));
  expect(SESSION_PARALLEL_NOT_SUPPORTED, call(OpenSession, slot, 0, 0, 0, (word)out));
  expect(ARGUMENTS_BAD, call(OpenSession, slot, CKF_SERIAL_SESSION, 0, 0, 0));
  expect(ARGUMENTS_BAD, call(GetInfo, 0));
  expect(ARGUMENTS_BAD, call(GetSlotInfo, slot, 0));
  expect(ARGUMENTS_BAD, call(GetTokenInfo, slot, 0));
  expect(ARGUMENTS_BAD, call(GetSessionInfo, session, 0));
  expect(ARGUMENTS_BAD, call(GetSlotList, true, (word)out, 0));
  expect(ARGUMENTS_BAD, call(GetMechanismList, slot, (word)out, 0));
  expect(ARGUMENTS_BAD, call(WaitForSlotEvent, CKF_DONT_BLOCK, 0, 0));
  expect(ARGUMENTS_BAD, call(FindObjectsInit, session, 0, 1));
  expect(ARGUMENTS_BAD, call(FindObjectsInit, session, (word)&template, UINT64_MAX));
  expect(ARGUMENTS_BAD, call(GetAttributeValue, session, key, 0, 1));
  expect(OBJECT_HANDLE_INVALID, call(GetAttributeValue, session, 0, (word)&template, 1));
  expect(OBJECT_HANDLE_INVALID, call(GetAttributeValue, session, UINT64_MAX, (word)&template, 1));
  expect(KEY_HANDLE_INVALID, call(SignInit, session, (word)mechanism, UINT64_MAX));
  struct mechanism unknown = {UINT64_MAX, NULL, 0};
  expect(MECHANISM_INVALID, call(SignInit, session, (word)&unknown, key));
  expect(OPERATION_NOT_INITIALIZED, call(Sign, session, (word)out, 32, (word)out, (word)&count));
  expect(ARGUMENTS_BAD, call(Login, session, CKU_USER, 0, 4));
  expect(ARGUMENTS_BAD, call(Login, session, CKU_USER, 0, 0));
  expect(USER_TYPE_INVALID, call(Login, session, 99, (word)PIN, 4));
  expect(OPERATION_NOT_INITIALIZED, call(Login, session, CKU_CONTEXT_SPECIFIC, (word)PIN, 4));
}

/* PINs that cannot be any, before a log-in: nothing of them reaches the card. */
static void malformed_pins(word session) {
  static const struct { const char *text; word length; } pins[] = {
      {"", 0}, {"123", 3}, {"12a4", 4}, {"1234\n", 5}, {"\0\0\0\0", 4}, {"1234", UINT64_MAX}, {"1234", 65},
      {"1234567890123", 13},
  };
  for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
    word pin = (word)pins[i].text;
    expect(PIN_INCORRECT, call(Login, session, CKU_USER, pin, pins[i].length));
    expect(PIN_INCORRECT, call(SetPIN, session, pin, pins[i].length, (word) "4321", 4));
    expect(PIN_INCORRECT, call(Login, session, CKU_SO, pin, pins[i].length));
  }
  expect(PIN_LENGTH_RANGE, call(SetPIN, session, (word)PIN, 4, (word) "4321", UINT64_MAX));
  expect(USER_NOT_LOGGED_IN, call(InitPIN, session, (word)PIN, 4));
}

/* A buffer that is one byte too small keeps its length and is not touched. */
static void small_buffers(word session, word key) {
  struct attribute class = {CKA_CLASS, malloc(sizeof(word) - 1), sizeof(word) - 1};
  expect(BUFFER_TOO_SMALL, call(GetAttributeValue, session, key, (word)&class, 1));
  check(class.length == UINT64_MAX);
  free(class.value);
  struct session_info info;
  expect(OK, call(GetSessionInfo, session, (word)&info));
  struct mechanism mechanism = own_mechanism(info.slot);
  unsigned char data[64], *signature = malloc(16);
  word length = 16;
  expect(OK, call(SignInit, session, (word)&mechanism, key));
  expect(OPERATION_ACTIVE, call(SignInit, session, (word)&mechanism, key));
  word digest = digest_to_sign(data);
  expect(BUFFER_TOO_SMALL, call(Sign, session, (word)data, digest, (word)signature, (word)&length));
  check(length >= 96);
  free(signature);
  signature = malloc(length);
  /* It is still begun, and the whole of it has room now. */
  expect(OK, call(Sign, session, (word)data, digest, (word)signature, (word)&length));
  expect(OK, call(SignInit, session, (word)&mechanism, key));
  check(call(Sign, session, 0, digest, (word)signature, (word)&length) == ARGUMENTS_BAD);
  expect(OK, call(SignInit, session, (word)&mechanism, key));
  expect(DATA_LENGTH_RANGE, call(Sign, session, (word)data, UINT64_MAX, (word)signature, (word)&length));
  /* Either of them ended what was begun. */
  expect(OPERATION_NOT_INITIALIZED, call(Sign, session, (word)data, digest, (word)signature, (word)&length));
  free(signature);
}

/* A host that never closes a session is told so, and goes on once it has closed them. */
static void too_many_sessions(word slot) {
  word session, answer = OK, opened = 0;
  for (; answer == OK && opened < 100000; opened++) {
    answer = call(OpenSession, slot, CKF_SERIAL_SESSION, 0, 0, (word)&session);
  }
  expect(SESSION_COUNT, answer);
  check(opened > 1000);
  expect(OK, call(CloseAllSessions, slot));
  open_session(slot);
}

void do_hostile(void) {
  struct surroundings around = {0, 1, 0x101, {CKM_ECDSA, NULL, 0}};
  sweep(&around, false, false);
  expect(OK, call(Initialize, 0));
  around.slot = first_slot();
  around.mechanism = own_mechanism(around.slot);
  around.session = open_session(around.slot);
  around.object = find(around.session, CKO_CERTIFICATE);
  malformed_pins(around.session);
  sweep(&around, true, false);
  expect(OK, log_in(around.session));
  around.object = find(around.session, CKO_PRIVATE_KEY);
  check(around.object != 0);
  specific(&around);
  small_buffers(around.session, around.object);
  sweep(&around, true, true);
  expect(OK, sign(around.session, around.object));
  too_many_sessions(around.slot);
  expect(OK, call(Finalize, 0));
  sweep(&around, false, false);
}
