/* What Windows does around a card module: memory, a connection, a structure, transactions. */

#include "caller.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winscard.h>

enum { CANARY = 0xC5, PAGE = 4096, MOST_BLOCKS = 64 };

/* A block that was handed out, and where its mapping begins. */
struct block { uint8_t *memory, *mapping; bool of_module; };

static struct block blocks[4 * MOST_BLOCKS];
static SRWLOCK lock = SRWLOCK_INIT;
static int allocations_left = -1;
static bool failed;
static unsigned needless;
static HMODULE library;
static uint32_t (*acquire_context)(struct card_data *, uint32_t);

const char *const slot_names[SLOT_COUNT] = {
#define MODULE(name, version) #name,
#define CALLER(name, version) #name,
  SLOTS
#undef MODULE
#undef CALLER
};

const uint32_t slot_versions[SLOT_COUNT] = {
#define MODULE(name, version) version,
#define CALLER(name, version) 0,
  SLOTS
#undef MODULE
#undef CALLER
};

static void give_up(const char *why) {
  fprintf(stderr, "caller: %s\n", why);
  ExitProcess(98);
}

static struct block *block_of(const void *memory) {
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
    if (blocks[i].memory == memory) return &blocks[i];
  return NULL;
}

static void *fenced_for(size_t size, bool of_module) {
  size_t pages = (size + PAGE - 1) / PAGE + 1;
  DWORD before;
  uint8_t *mapping = VirtualAlloc(NULL, (pages + 1) * PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  if (!mapping || !VirtualProtect(mapping + pages * PAGE, PAGE, PAGE_NOACCESS, &before)) give_up("no memory");
  memset(mapping, CANARY, pages * PAGE);
  uint8_t *memory = mapping + pages * PAGE - size;
  AcquireSRWLockExclusive(&lock);
  struct block *block = block_of(NULL);
  if (!block) give_up("too many blocks");
  *block = (struct block){memory, mapping, of_module};
  ReleaseSRWLockExclusive(&lock);
  return memory;
}

void *fenced(size_t size) { return fenced_for(size, false); }

void *fenced_copy(const void *bytes, size_t size) {
  void *memory = fenced(size);
  memcpy(memory, bytes, size);
  return memory;
}

static void unfence_for(void *memory, bool for_module) {
  AcquireSRWLockExclusive(&lock);
  struct block *found = memory ? block_of(memory) : NULL;
  if (!found || (for_module && !found->of_module)) give_up("what was never given was freed");
  struct block block = *found;
  *found = (struct block){0};
  ReleaseSRWLockExclusive(&lock);
  for (const uint8_t *at = block.mapping; at < block.memory; at++)
    if (*at != CANARY) give_up("something was written before a block");
  VirtualFree(block.mapping, 0, MEM_RELEASE);
}

void unfence(void *memory) { unfence_for(memory, false); }

static void *allocate(size_t size) {
  if (allocations_left == 0) failed = true;
  if (allocations_left >= 0 && allocations_left-- == 0) return NULL;
  return fenced_for(size, true);
}

static void release(void *memory) { unfence_for(memory, true); }

static void *reallocate(void *memory, size_t size) {
  (void)memory, (void)size;
  needless++;
  return NULL;
}

/* SCARD_E_FILE_NOT_FOUND: nothing is in the cache of this caller, which nobody has to ask. */
static uint32_t look_up(void) { return needless++, 0x80100024; }

size_t outstanding(void) {
  size_t count = 0;
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) count += blocks[i].of_module;
  return count;
}

void free_outstanding(void) {
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
    if (blocks[i].of_module) unfence(blocks[i].memory);
}

void fail_allocation_after(int count) {
  allocations_left = count;
  failed = false;
}

bool allocation_failed(void) { return failed; }

unsigned needless_calls(void) { return needless; }

bool load(const char *file) {
  library = LoadLibraryA(file);
  acquire_context = library ? (void *)GetProcAddress(library, "CardAcquireContext") : NULL;
  return acquire_context != NULL;
}

bool unload(void) { return FreeLibrary(library); }

LONG connect_card(struct caller *caller, unsigned reader) {
  char names[4096];
  DWORD length = sizeof names, protocol = 0;
  LONG code = SCARD_S_SUCCESS;
  if (caller->service == 0) code = SCardEstablishContext(SCARD_SCOPE_USER, NULL, NULL, &caller->service);
  if (code == SCARD_S_SUCCESS) code = SCardListReadersA(caller->service, NULL, names, &length);
  if (code != SCARD_S_SUCCESS) return code;
  const char *name = names;
  for (; reader > 0 && *name; reader--) name += strlen(name) + 1;
  if (caller->card) SCardDisconnect(caller->card, SCARD_LEAVE_CARD);
  caller->card = 0;
  code = SCardConnectA(caller->service, name, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &caller->card,
                       &protocol);
  if (caller->data) caller->data->card = caller->card;
  return code;
}

LONG reconnect_card(struct caller *caller) {
  DWORD protocol;
  return SCardReconnect(caller->card, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, SCARD_LEAVE_CARD,
                        &protocol);
}

struct card_data *card_data(const struct caller *caller, uint32_t version) {
  static uint8_t reset[] = {0x3B, 0x00};
  static wchar_t name[] = L"Siru";
  static struct card_data whole;
  memset(&whole, CANARY, sizeof whole);
  whole.version = version;
  whole.reset = reset;
  whole.reset_length = sizeof reset;
  whole.card_name = name;
  whole.allocate = allocate;
  whole.reallocate = reallocate;
  whole.release = release;
  for (size_t i = 0; i < 3; i++) whole.cache_functions[i] = (void *)look_up;
  whole.pad = (void *)look_up;
  whole.service = caller->service;
  whole.card = caller->card;
  whole.module = NULL;
  return fenced_copy(&whole, card_data_length(version));
}

uint32_t acquire(struct card_data *data, uint32_t flags) { return acquire_context(data, flags); }

uint32_t acquire_for(struct caller *caller, uint32_t version) {
  if (caller->data) unfence(caller->data);
  caller->data = card_data(caller, version);
  caller->version = version > NEWEST ? NEWEST : version;
  SCardBeginTransaction(caller->card);
  uint32_t code = acquire(caller->data, 0);
  SCardEndTransaction(caller->card, SCARD_LEAVE_CARD);
  for (size_t i = 0; i < SLOT_COUNT; i++)
    caller->functions[i] = code == 0 && slot_versions[i] != 0 && slot_versions[i] <= caller->version
                             ? caller->data->functions[i] : NULL;
  return code;
}

uint32_t call(struct caller *caller, const void *data, enum slot slot, const uint64_t given[MOST_ARGUMENTS]) {
  uint32_t (*function)(const void *, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                       uint64_t) = caller->functions[slot];
  if (!function) give_up("a function is missing");
  // Where that is not possible the module must say why.
  bool held = SCardBeginTransaction(caller->card) == SCARD_S_SUCCESS;
  uint32_t code =
    function(data, given[0], given[1], given[2], given[3], given[4], given[5], given[6], given[7], given[8]);
  if (held) SCardEndTransaction(caller->card, SCARD_LEAVE_CARD);
  return code;
}
