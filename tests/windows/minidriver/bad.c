/* Bad calls, by tables: every version of the structure, every pointer null, versions of structures that are
 * yet to come, flags that nobody knows, no memory, and a context that is given up. */

#include "caller.h"

#include <stdio.h>
#include <string.h>

enum {
  DONE = 0,
  INSUFFICIENT_BUFFER = 122,
  REVISION_MISMATCH = 1306,
  INVALID_HANDLE = 0x80100003,
  INVALID_PARAMETER = 0x80100004,
  NO_MEMORY = 0x80100006,
  UNSUPPORTED_FEATURE = 0x80100022,
  NO_DIRECTORY = 0x80100023,
  NO_FILE = 0x80100024,
  INVALID_NEW_PIN = 0x8010002A,
  NO_KEY_CONTAINER = 0x80100030,
  WRONG_PIN = 0x8010006B,
};

static unsigned mistakes;

static void expect(const char *name, const char *what, uint32_t is, uint32_t should) {
  if (is == should) return;
  mistakes++;
  fprintf(stderr, "%s, %s: %#lx instead of %#lx\n", name, what, (unsigned long)is, (unsigned long)should);
}

static void hold(const char *name, const char *what, bool is) { expect(name, what, is, true); }

struct argument {
  enum {
    NOTHING,
    NUMBER,
    FLAGS,   /* a number of which no other bit means anything */
    PRESENT,   /* bytes without which it is another call */
    NEEDED,  /* bytes, or room that is filled in, which must not be null */
    ALLOWED, /* the same, which may be null */
    VERSION, /* room for a structure that begins with its version */
    GIVEN,   /* room for a pointer to memory of the caller's allocator */
  } kind;
  uint64_t number; /* or the newest version */
  size_t size;
  const void *bytes;
};

struct row {
  enum slot slot;
  uint32_t code;
  struct argument arguments[MOST_ARGUMENTS];
};

#define STRING(text) {NEEDED, 0, sizeof(text), text}
#define FOLDER(text) {PRESENT, 0, sizeof(text), text}
#define OPTIONAL_STRING(text) {ALLOWED, 0, sizeof(text), text}
#define PIN(digits) {NEEDED, 0, sizeof(digits) - 1, digits}, {NUMBER, sizeof(digits) - 1, 0, NULL}
#define ROOM(size) {NEEDED, 0, size, NULL}
#define OPTIONAL_ROOM(size) {ALLOWED, 0, size, NULL}
#define SESSION_PIN_AND_TRIES OPTIONAL_ROOM(8), OPTIONAL_ROOM(4), OPTIONAL_ROOM(4)
#define STRUCTURE(version, size) {VERSION, version, size, NULL}
#define VALUE(number) {NUMBER, number, 0, NULL}
#define FLAG(number) {FLAGS, number, 0, NULL}
#define MEMORY {GIVEN, 0, sizeof(void *), NULL}

/* Stands for the word for keys of the card's own kind. */
#define OWN_KEY 0x4B

static uint32_t own_key;

static uint64_t number_of(const struct argument *argument) {
  return argument->number == OWN_KEY && argument->kind >= NUMBER && argument->kind <= FLAGS ? own_key : argument->number;
}

/* A call of each function that this module has, as it should be, but for PINs: those cannot be one, so that
 * nothing is sent. */
static const struct row rows[] = {
  {QueryCapabilities, DONE, {STRUCTURE(1, CAPABILITIES)}},
  {QueryFreeSpace, DONE, {FLAG(0), STRUCTURE(1, FREE_SPACE)}},
  {QueryKeySizes, DONE, {VALUE(OWN_KEY), FLAG(0), STRUCTURE(1, KEY_SIZES)}},
  {GetContainerInfo, DONE, {VALUE(0), FLAG(0), STRUCTURE(1, sizeof(struct container_info))}},
  {GetContainerInfo, NO_KEY_CONTAINER, {VALUE(1), FLAG(0), STRUCTURE(1, sizeof(struct container_info))}},
  {GetContainerInfo, NO_KEY_CONTAINER, {VALUE(255), FLAG(0), STRUCTURE(1, sizeof(struct container_info))}},
  {ReadFile_, DONE, {OPTIONAL_STRING(""), STRING("cardid"), FLAG(0), MEMORY, ROOM(4)}},
  {ReadFile_, DONE, {FOLDER("mscp"), STRING("cmapfile"), FLAG(0), MEMORY, ROOM(4)}},
  {ReadFile_, NO_FILE, {OPTIONAL_STRING(""), STRING("none"), FLAG(0), MEMORY, ROOM(4)}},
  {ReadFile_, NO_DIRECTORY, {FOLDER("none"), STRING("cardid"), FLAG(0), MEMORY, ROOM(4)}},
  {ReadFile_, INVALID_PARAMETER, {FOLDER("\xC4"), STRING("cardid"), FLAG(0), MEMORY, ROOM(4)}},
  {EnumFiles, DONE, {OPTIONAL_STRING(""), MEMORY, ROOM(4), FLAG(0)}},
  {EnumFiles, NO_DIRECTORY, {FOLDER("none"), MEMORY, ROOM(4), FLAG(0)}},
  {GetFileInfo, DONE, {OPTIONAL_STRING(""), STRING("cardcf"), STRUCTURE(1, FILE_INFO)}},
  {GetFileInfo, NO_FILE, {OPTIONAL_STRING(""), STRING("none"), STRUCTURE(1, FILE_INFO)}},
  {GetProperty, DONE, {STRING(L"Capabilities"), STRUCTURE(1, CAPABILITIES), VALUE(CAPABILITIES), ROOM(4), FLAG(0)}},
  {GetProperty, DONE, {STRING(L"Free Space"), STRUCTURE(1, FREE_SPACE), VALUE(FREE_SPACE), ROOM(4), FLAG(0)}},
  {GetProperty, DONE,
   {STRING(L"Key Sizes"), STRUCTURE(1, KEY_SIZES), VALUE(KEY_SIZES), ROOM(4), FLAG(OWN_KEY)}},
  {GetProperty, DONE,
   {STRING(L"PIN Information"), STRUCTURE(6, PIN_INFORMATION), VALUE(PIN_INFORMATION), ROOM(4), FLAG(PIN_USER)}},
  {GetProperty, DONE, {STRING(L"Read Only Mode"), ROOM(4), VALUE(4), ROOM(4), FLAG(0)}},
  {GetProperty, DONE, {STRING(L"Card Identifier"), ROOM(16), VALUE(16), ROOM(4), FLAG(0)}},
  {GetProperty, INSUFFICIENT_BUFFER, {STRING(L"Card Identifier"), ROOM(15), VALUE(15), ROOM(4), FLAG(0)}},
  {GetProperty, INSUFFICIENT_BUFFER, {STRING(L"Cache Mode"), ROOM(1), VALUE(0), ROOM(4), FLAG(0)}},
  {GetProperty, INSUFFICIENT_BUFFER,
   {STRING(L"PIN Information"), STRUCTURE(6, 35), VALUE(35), ROOM(4), FLAG(PIN_USER)}},
  {GetProperty, INVALID_PARAMETER, {STRING(L"no property"), ROOM(64), VALUE(64), ROOM(4), VALUE(0)}},
  {GetProperty, UNSUPPORTED_FEATURE, {STRING(L"Algorithms"), ROOM(64), VALUE(64), ROOM(4), FLAG(0)}},
  {SetProperty, DONE, {STRING(L"Parent Window"), ROOM(8), VALUE(8), FLAG(0)}},
  {SetProperty, DONE, {STRING(L"PIN Context String"), STRING(L"why"), VALUE(8), FLAG(0)}},
  {SetProperty, UNSUPPORTED_FEATURE, {STRING(L"Read Only Mode"), ROOM(4), VALUE(4), VALUE(0)}},
  {GetContainerProperty, DONE,
   {VALUE(0), STRING(L"Container Info"), STRUCTURE(1, sizeof(struct container_info)), VALUE(40), ROOM(4), FLAG(0)}},
  {GetContainerProperty, INSUFFICIENT_BUFFER,
   {VALUE(0), STRING(L"Container Info"), ROOM(39), VALUE(39), ROOM(4), FLAG(0)}},
  {GetContainerProperty, DONE, {VALUE(0), STRING(L"PIN Identifier"), ROOM(4), VALUE(4), ROOM(4), FLAG(0)}},
  {GetContainerProperty, INSUFFICIENT_BUFFER,
   {VALUE(0), STRING(L"PIN Identifier"), ROOM(3), VALUE(3), ROOM(4), FLAG(0)}},
  {GetContainerProperty, NO_KEY_CONTAINER, {VALUE(1), STRING(L"PIN Identifier"), ROOM(4), VALUE(4), ROOM(4), FLAG(0)}},
  {AuthenticatePin, WRONG_PIN, {STRING(L"user"), PIN("12"), OPTIONAL_ROOM(4)}},
  {AuthenticatePin, INVALID_PARAMETER, {STRING(L"admin"), PIN("12"), OPTIONAL_ROOM(4)}},
  {AuthenticateEx, WRONG_PIN, {VALUE(PIN_USER), FLAG(0x40), PIN("12x4"), SESSION_PIN_AND_TRIES}},
  {AuthenticateEx, INVALID_PARAMETER, {VALUE(2), VALUE(0), PIN("1234"), SESSION_PIN_AND_TRIES}},
  {AuthenticateEx, UNSUPPORTED_FEATURE, {VALUE(PIN_USER), VALUE(0x10000000), PIN("1234"), SESSION_PIN_AND_TRIES}},
  {ChangeAuthenticator, INVALID_NEW_PIN,
   {STRING(L"user"), PIN("1234"), PIN("1"), VALUE(0), FLAG(BY_PIN), OPTIONAL_ROOM(4)}},
  {ChangeAuthenticatorEx, INVALID_NEW_PIN,
   {FLAG(CHANGE), VALUE(PIN_USER), PIN("1234"), VALUE(PIN_USER), PIN("1"), VALUE(0), OPTIONAL_ROOM(4)}},
  {ChangeAuthenticatorEx, INVALID_NEW_PIN,
   {FLAG(UNBLOCK), VALUE(PIN_UNBLOCK), PIN("12345678"), VALUE(PIN_USER), PIN("1"), VALUE(0), OPTIONAL_ROOM(4)}},
  {UnblockPin, INVALID_NEW_PIN, {STRING(L"user"), PIN("12345678"), PIN("1"), VALUE(0), FLAG(BY_PIN)}},
  {Deauthenticate, DONE, {STRING(L"user"), FLAG(0)}},
  {DeauthenticateEx, DONE, {VALUE(1 << PIN_USER), FLAG(0)}},
};

enum { ROWS = sizeof rows / sizeof *rows };

/* Which argument of a row is otherwise than the row says, and how. */
struct twist {
  enum { NONE, NULL_DATA, NULL_ARGUMENT, NEWER_VERSION, OTHER_FLAGS } kind;
  size_t argument;
  uint64_t number;
};

static uint32_t call_row(struct caller *caller, const struct row *row, struct twist twist) {
  uint64_t values[MOST_ARGUMENTS] = {0};
  void *memory[MOST_ARGUMENTS] = {0};
  uint64_t untouched;
  memset(&untouched, 0xC5, sizeof untouched);
  for (size_t i = 0; i < MOST_ARGUMENTS; i++) {
    const struct argument *argument = &row->arguments[i];
    bool twisted = twist.kind > NULL_DATA && twist.argument == i;
    values[i] = twisted && twist.kind == OTHER_FLAGS ? twist.number : number_of(argument);
    if (argument->kind < PRESENT) continue;
    memory[i] = fenced(argument->size);
    if (argument->bytes) memcpy(memory[i], argument->bytes, argument->size);
    if (argument->kind == VERSION) {
      uint32_t version = (uint32_t)(twisted && twist.kind == NEWER_VERSION ? twist.number : argument->number);
      memcpy(memory[i], &version, sizeof version);
    }
    values[i] = twisted && twist.kind == NULL_ARGUMENT ? 0 : POINTER(memory[i]);
  }
  uint32_t code = call(caller, twist.kind == NULL_DATA ? NULL : caller->data, row->slot, values);
  for (size_t i = 0; i < MOST_ARGUMENTS; i++) {
    if (row->arguments[i].kind == GIVEN)
      hold(slot_names[row->slot], "memory when it went well and only then",
           (memcmp(memory[i], &untouched, sizeof untouched) != 0) == (code == DONE));
    if (memory[i]) unfence(memory[i]);
  }
  if (code != DONE) expect(slot_names[row->slot], "memory that is lost", (uint32_t)outstanding(), 0);
  return code;
}

static bool is_pointer(const struct argument *argument) { return argument->kind >= NEEDED; }

static void twist_row(struct caller *caller, const struct row *row) {
  const char *name = slot_names[row->slot];
  expect(name, "as it should be", call_row(caller, row, (struct twist){0}), row->code);
  free_outstanding();
  // What is refused for another reason is refused for one of the two.
  uint32_t without = call_row(caller, row, (struct twist){NULL_DATA, 0, 0});
  hold(name, "no structure", without == INVALID_PARAMETER || (without == row->code && without == UNSUPPORTED_FEATURE));
  for (size_t i = 0; i < MOST_ARGUMENTS; i++) {
    const struct argument *argument = &row->arguments[i];
    char what[64];
    snprintf(what, sizeof what, "argument %u", (unsigned)i + 2);
    if (is_pointer(argument)) {
      uint32_t code = call_row(caller, row, (struct twist){NULL_ARGUMENT, i, 0});
      if (argument->kind == ALLOWED) expect(name, what, code, row->code);
      else if (row->code == DONE) expect(name, what, code, INVALID_PARAMETER);
      else hold(name, what, code != DONE);
      free_outstanding();
    }
    static const uint64_t bits[] = {0x100, 0x8000, 0x80000000, 0xFFFFFFFF};
    for (size_t bit = 0; bit < sizeof bits / sizeof *bits; bit++) {
      if (argument->kind == FLAGS) {
        uint32_t code = call_row(caller, row, (struct twist){OTHER_FLAGS, i, number_of(argument) | bits[bit]});
        hold(name, "flags that nobody knows", code == INVALID_PARAMETER || code == UNSUPPORTED_FEATURE);
      }
      if (argument->kind == VERSION && row->code == DONE) {
        uint32_t code = call_row(caller, row, (struct twist){NEWER_VERSION, i, argument->number + bits[bit]});
        expect(name, "a structure of the future", code, bits[bit] == 0xFFFFFFFF ? row->code : REVISION_MISMATCH);
        free_outstanding();
      }
    }
  }
}

/* What a read-only card with a key that signs does not do, whatever the arguments. */
static const enum slot unsupported[] = {
  DeleteContainer, CreateContainer, GetChallenge, AuthenticateChallenge, CreateDirectory_, DeleteDirectory,
  CreateFile_, WriteFile_, DeleteFile_, RSADecrypt, ConstructDHAgreement, DeriveKey, DestroyDHAgreement,
  GetChallengeEx, SetContainerProperty, ImportSessionKeyMD, EncryptDataMD, ImportSessionKey, GetSharedKeyHandle,
  GetAlgorithmProperty, GetKeyProperty, SetKeyProperty, DestroyKey, ProcessEncryptedData, CreateContainerEx,
};

enum { UNSUPPORTED = sizeof unsupported / sizeof *unsupported };

static void call_unsupported(struct caller *caller) {
  for (size_t i = 0; i < UNSUPPORTED; i++) {
    enum slot slot = unsupported[i];
    if (!caller->functions[slot]) continue;
    uint64_t values[MOST_ARGUMENTS] = {0};
    expect(slot_names[slot], "nulls", call(caller, caller->data, slot, values), UNSUPPORTED_FEATURE);
    expect(slot_names[slot], "no structure", call(caller, NULL, slot, values), UNSUPPORTED_FEATURE);
    for (size_t at = 0; at < MOST_ARGUMENTS; at++) values[at] = UINT64_MAX - at;
    expect(slot_names[slot], "nonsense", call(caller, caller->data, slot, values), UNSUPPORTED_FEATURE);
  }
}

/* Orders to sign that are none, and null in each place of one that would be. Nobody is logged in. */
static void sign_badly(struct caller *caller) {
  static const struct {
    uint32_t version, code, flags, key_spec, length, padding;
    uint8_t container;
    char hole; /* which pointer is null: that to the data, the padding or the name of the hash function */
  } orders[] = {
    {0, REVISION_MISMATCH, 0, SIGNATURE, 32, 0, 0, 0},
    {3, REVISION_MISMATCH, 0, SIGNATURE, 32, 0, 0, 0},
    {UINT32_MAX, REVISION_MISMATCH, 0, SIGNATURE, 32, 0, 0, 0},
    {1, INVALID_PARAMETER, 0, SIGNATURE, 32, 0, 0, 'd'},
    {2, INVALID_PARAMETER, 0, SIGNATURE, 32, 0, 0, 'd'},
    {1, INVALID_PARAMETER, PADDING_INFO_PRESENT, SIGNATURE, 32, PADDING_NONE, 0, 0},
    {2, INVALID_PARAMETER, PADDING_INFO_PRESENT, SIGNATURE, 32, PADDING_PKCS1, 0, 'p'},
    {2, INVALID_PARAMETER, PADDING_INFO_PRESENT, SIGNATURE, 32, PADDING_PSS, 0, 'p'},
    {2, INVALID_PARAMETER, PADDING_INFO_PRESENT, SIGNATURE, 32, PADDING_PSS, 0, 'h'},
    {2, INVALID_PARAMETER, PADDING_INFO_PRESENT, SIGNATURE, 32, 0, 0, 0},
    {2, INVALID_PARAMETER, PADDING_INFO_PRESENT, SIGNATURE, 32, 99, 0, 0},
    {1, INVALID_PARAMETER, 0, 0, 32, 0, 0, 0},
    {1, INVALID_PARAMETER, 0, 99, 32, 0, 0, 0},
    {1, INVALID_PARAMETER, 8, SIGNATURE, 32, 0, 0, 0},
    {1, UNSUPPORTED_FEATURE, 2, SIGNATURE, 32, 0, 0, 0},
    {1, UNSUPPORTED_FEATURE, 4, SIGNATURE, 32, 0, 0, 0},
    {1, INVALID_PARAMETER, 0, SIGNATURE, UINT32_MAX, 0, 0, 0},
    {1, INVALID_PARAMETER, SIZE_ONLY, 99, 32, 0, 0, 0},
    {1, NO_KEY_CONTAINER, 0, SIGNATURE, 32, 0, 1, 0},
    {1, DONE, SIZE_ONLY, SIGNATURE, 32, 0, 0, 0},
    {1, DONE, SIZE_ONLY, SIGNATURE, 0, 0, 0, 'd'},
    {2, DONE, SIZE_ONLY, KEY_EXCHANGE, 32, 0, 0, 0},
  };
  for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
    char what[32];
    snprintf(what, sizeof what, "order %u", (unsigned)i);
    wchar_t *hash = fenced_copy(L"SHA256", sizeof L"SHA256");
    struct padding_info *padding = fenced(sizeof *padding);
    *padding = (struct padding_info){orders[i].hole == 'h' ? NULL : hash, 32};
    uint8_t *digest = fenced(32);
    size_t length = signing_info_length(orders[i].version);
    struct signing_info whole = {
      .version = orders[i].version, .container = orders[i].container, .key_spec = orders[i].key_spec,
      .flags = orders[i].flags, .data = orders[i].hole == 'd' ? NULL : digest, .data_length = orders[i].length,
      .padding = orders[i].hole == 'p' ? NULL : padding, .padding_type = orders[i].padding};
    struct signing_info *info = fenced_copy(&whole, length);
    uint32_t code = CALL(caller, SignData, POINTER(info));
    expect("SignData", what, code, orders[i].code);
    hold("SignData", what, info->signature == NULL && (info->signature_length != 0) == (code == DONE));
    unfence(info);
    unfence(digest);
    unfence(padding);
    unfence(hash);
  }
  expect("SignData", "null", CALL(caller, SignData, 0), INVALID_PARAMETER);
}

unsigned bad_calls(struct caller *caller, uint32_t key_spec) {
  own_key = key_spec;
  mistakes = 0;
  for (size_t i = 0; i < ROWS; i++)
    if (caller->functions[rows[i].slot]) twist_row(caller, &rows[i]);
  call_unsupported(caller);
  sign_badly(caller);
  SCARDHANDLE card = caller->data->card;
  caller->data->card = 0;
  for (size_t i = 0; i < ROWS; i++)
    if (caller->functions[rows[i].slot] && rows[i].code == DONE)
      expect(slot_names[rows[i].slot], "no handle", call_row(caller, &rows[i], (struct twist){0}), INVALID_HANDLE);
  caller->data->card = card;
  expect("caller", "needless calls", needless_calls(), 0);
  return mistakes;
}

unsigned bad_allocations(struct caller *caller) {
  mistakes = 0;
  for (size_t i = 0; i < ROWS; i++) {
    if (!caller->functions[rows[i].slot] || rows[i].code != DONE) continue;
    for (int count = 0;; count++) {
      fail_allocation_after(count);
      uint32_t code = call_row(caller, &rows[i], (struct twist){0});
      bool without = allocation_failed();
      fail_allocation_after(-1);
      expect(slot_names[rows[i].slot], "no memory", code, without ? (uint32_t)NO_MEMORY : DONE);
      free_outstanding();
      if (!without) break;
    }
  }
  return mistakes;
}

unsigned late_calls(struct caller *caller) {
  mistakes = 0;
  for (size_t i = 0; i < ROWS; i++)
    if (caller->functions[rows[i].slot] && rows[i].code == DONE)
      expect(slot_names[rows[i].slot], "given up", call_row(caller, &rows[i], (struct twist){0}), INVALID_HANDLE);
  expect("DeleteContext", "given up", CALL(caller, DeleteContext, 0), INVALID_HANDLE);
  expect("DeleteContext", "null", call(caller, NULL, DeleteContext, (uint64_t[MOST_ARGUMENTS]){0}), INVALID_PARAMETER);
  return mistakes;
}

/* Fills in a structure of each version with one thing wrong; and with nothing wrong, looks at what it got. */
unsigned bad_versions(struct caller *caller) {
  static const struct { uint32_t version, becomes; } versions[] = {
    {0, 0}, {1, 0}, {3, 0}, {4, 4}, {5, 5}, {6, 6}, {7, 7}, {8, 7}, {UINT32_MAX, 7}};
  uint64_t untouched;
  memset(&untouched, 0xC5, sizeof untouched);
  mistakes = 0;
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
    uint32_t version = versions[i].version;
    struct card_data *data = card_data(caller, version);
    char what[32];
    snprintf(what, sizeof what, "version %lu", (unsigned long)version);
    expect("AcquireContext", what, acquire(data, 0), versions[i].becomes ? DONE : REVISION_MISMATCH);
    expect("AcquireContext", what, data->version, versions[i].becomes ? versions[i].becomes : version);
    for (size_t slot = 0; data->module && slot < SLOT_COUNT; slot++)
      // Its own functions and no other: behind the end of this version is the fence.
      if (POINTER(&data->functions[slot]) < POINTER(data) + card_data_length(version))
        hold(slot_names[slot], what,
             (memcmp(&data->functions[slot], &untouched, sizeof untouched) != 0) == (slot_versions[slot] != 0));
    if (data->module)
      expect("DeleteContext", what, ((uint32_t(*)(void *))data->functions[DeleteContext])(data), DONE);
    hold("DeleteContext", what, data->module == NULL);
    unfence(data);
    struct { const char *what; size_t place, size; uint32_t code; } fields[] = {
      {"no answer to reset", offsetof(struct card_data, reset), 8, INVALID_PARAMETER},
      {"no length", offsetof(struct card_data, reset_length), 4, INVALID_PARAMETER},
      {"no name", offsetof(struct card_data, card_name), 8, INVALID_PARAMETER},
      {"no allocation", offsetof(struct card_data, allocate), 8, INVALID_PARAMETER},
      {"no other allocation", offsetof(struct card_data, reallocate), 8, INVALID_PARAMETER},
      {"nobody frees", offsetof(struct card_data, release), 8, INVALID_PARAMETER},
      {"no service", offsetof(struct card_data, service), 8, INVALID_HANDLE},
      {"no card", offsetof(struct card_data, card), 8, INVALID_HANDLE},
    };
    for (size_t field = 0; versions[i].becomes && field < sizeof fields / sizeof *fields; field++) {
      data = card_data(caller, version);
      memset((uint8_t *)data + fields[field].place, 0, fields[field].size);
      expect("AcquireContext", fields[field].what, acquire(data, 0), fields[field].code);
      hold("AcquireContext", fields[field].what, data->module == NULL && data->version == version);
      unfence(data);
    }
  }
  for (uint32_t flags = 1; flags != 0; flags <<= 1) {
    struct card_data *data = card_data(caller, NEWEST);
    expect("AcquireContext", "flags", acquire(data, flags), flags == 1 ? UNSUPPORTED_FEATURE : INVALID_PARAMETER);
    unfence(data);
  }
  expect("AcquireContext", "null", acquire(NULL, 0), INVALID_PARAMETER);
  expect("AcquireContext", "memory that is lost", (uint32_t)outstanding(), 0);
  return mistakes;
}
