/* One call of the bridge: what is asked, and what is answered. */
#ifndef LINE_H
#define LINE_H

#include <winsock2.h>
#include <windows.h>

#include "bridge.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 256 };

struct talk;

/* Begins a call; whoever began it must leave. */
struct talk *begin(enum call call);

void give(struct talk *talk, const void *bytes, size_t length);
void give_number(struct talk *talk, DWORD number);
void give_handle(struct talk *talk, ULONG_PTR handle);

/* Sends it and waits for the answer. Its code: that there is no service, when there is no bridge. */
LONG ask(struct talk *talk);

/* How much of the answer was not taken yet. */
size_t left(const struct talk *talk);
const void *take(struct talk *talk, size_t length);
DWORD take_number(struct talk *talk);
ULONG_PTR take_handle(struct talk *talk);

/* Ends the call, with this code. */
LONG leave(struct talk *talk, LONG code);

#endif
