/* The caller of the card module: its memory, its connections, and its calls. */
#ifndef CALLER_H
#define CALLER_H

#include "card_module.h"

#include <stdbool.h>

/* Memory between a page of canaries and a page that nobody may touch, which begins right behind its end. */
void *fenced(size_t size);
void *fenced_copy(const void *bytes, size_t size);
/* Ends the program when something was written before it. */
void unfence(void *memory);

/* Memory that the card module was given with the caller's functions and that nobody freed. */
size_t outstanding(void);
/* Frees all of it. */
void free_outstanding(void);
/* Has the allocation fail that comes after so many others. Back to none with a negative number. */
void fail_allocation_after(int count);
/* Whether one has failed since. */
bool allocation_failed(void);
/* How often the module used a function of the caller that it has no use for. */
unsigned needless_calls(void);

/* A card and what the card module made of it. */
struct caller {
  SCARDCONTEXT service;
  SCARDHANDLE card;
  struct card_data *data;
  uint32_t version;
  /* Kept from the structure, for calls after it is given up. */
  void *functions[SLOT_COUNT];
};

/* Loads the card module and finds the function it exports. */
bool load(const char *file);
bool unload(void);

LONG connect_card(struct caller *caller, unsigned reader);
LONG reconnect_card(struct caller *caller);
/* A structure as long as its version says, filled in as Windows does. */
struct card_data *card_data(const struct caller *caller, uint32_t version);
uint32_t acquire(struct card_data *data, uint32_t flags);
uint32_t acquire_for(struct caller *caller, uint32_t version);

enum { MOST_ARGUMENTS = 9 };

/* Calls a function in a transaction, as Windows does. Every argument has 64 bits on its way. */
uint32_t call(struct caller *caller, const void *data, enum slot slot, const uint64_t arguments[MOST_ARGUMENTS]);
#define CALL(caller, slot, ...) call(caller, (caller)->data, slot, (const uint64_t[MOST_ARGUMENTS]){__VA_ARGS__})
#define POINTER(pointer) ((uint64_t)(uintptr_t)(pointer))

extern const char *const slot_names[SLOT_COUNT];
/* The version that brought a function, and 0 for those of the caller. */
extern const uint32_t slot_versions[SLOT_COUNT];

/* Bad calls: how many were answered otherwise than they must be; each is told on standard error. */
unsigned bad_versions(struct caller *caller);
unsigned bad_calls(struct caller *caller, uint32_t key_spec);
unsigned bad_allocations(struct caller *caller);
unsigned late_calls(struct caller *caller);
/* Calls by several threads at once, during which the context is given up: how many were answered so. */
unsigned calls_at_once(struct caller *caller);

#endif
