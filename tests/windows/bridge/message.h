/* Requests and answers, piece by piece, and what Windows calls otherwise than Linux. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "../winscard/bridge.h"

#include <stdbool.h>
#include <stddef.h>
#include <winscard.h>

/* One request or answer, read or written from its begin. */
struct message { unsigned char bytes[LONGEST]; size_t length, at; bool broken; };

void fail(const char *what);

/* Of a request that is too short these give zeros, and it is broken. */
const unsigned char *take(struct message *message, size_t length);
uint32_t take_number(struct message *message);
uint64_t take_handle(struct message *message);
/* Ended by a zero; to be freed. */
char *take_name(struct message *message, size_t length);

void give(struct message *message, const void *bytes, size_t length);
void give_number(struct message *message, uint32_t number);

int32_t windows_code(LONG code);
uint32_t windows_protocol(DWORD protocol);
DWORD linux_protocols(uint32_t protocols);
/* Linux has a bit for each state of a card, Windows a number. */
uint32_t windows_state(DWORD state);

#endif
