/* Requests and answers, piece by piece, and what Windows calls otherwise than Linux. */

#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *what) {
  perror(what);
  exit(1);
}

const unsigned char *take(struct message *message, size_t length) {
  static const unsigned char nothing[LONGEST];
  if (length > message->length - message->at) {
    message->broken = true;
    return nothing;
  }
  const unsigned char *bytes = message->bytes + message->at;
  message->at += length;
  return bytes;
}

uint32_t take_number(struct message *message) {
  uint32_t number;
  memcpy(&number, take(message, sizeof number), sizeof number);
  return number;
}

uint64_t take_handle(struct message *message) {
  uint64_t handle;
  memcpy(&handle, take(message, sizeof handle), sizeof handle);
  return handle;
}

char *take_name(struct message *message, size_t length) {
  char *name = strndup((const char *)take(message, length), length);
  if (!name) fail("strndup");
  return name;
}

void give(struct message *message, const void *bytes, size_t length) {
  if (length > LONGEST - message->length) {
    fprintf(stderr, "bridge: an answer is too long\n");
    exit(1);
  }
  memcpy(message->bytes + message->length, bytes, length);
  message->length += length;
}

void give_number(struct message *message, uint32_t number) {
  give(message, &number, sizeof number);
}

/* Codes that mean something else on Windows. */
int32_t windows_code(LONG code) {
  if ((int32_t)code == (int32_t)SCARD_E_UNSUPPORTED_FEATURE) return WINDOWS_UNSUPPORTED_FEATURE;
  return (int32_t)code;
}

uint32_t windows_protocol(DWORD protocol) {
  return protocol == SCARD_PROTOCOL_RAW ? WINDOWS_PROTOCOL_RAW : (uint32_t)protocol;
}

DWORD linux_protocols(uint32_t protocols) {
  DWORD known = protocols & (SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1);
  return protocols & WINDOWS_PROTOCOL_RAW ? known | SCARD_PROTOCOL_RAW : known;
}

uint32_t windows_state(DWORD state) {
  if (state & SCARD_SPECIFIC) return 6;
  if (state & SCARD_NEGOTIABLE) return 5;
  if (state & SCARD_POWERED) return 4;
  if (state & SCARD_SWALLOWED) return 3;
  if (state & SCARD_PRESENT) return 2;
  return 1;
}
