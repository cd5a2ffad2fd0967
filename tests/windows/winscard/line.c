/* Calls of the bridge over loopback. A call that blocks blocks no other: each has a connection, and
 * connections that are free are used again. They end with the process, which is how the bridge learns
 * of its end. */

#include "line.h"

#include <stdio.h>
#include <winscard.h>

struct talk {
  struct talk *next;
  SOCKET socket;
  size_t length, at;
  struct head head;
  unsigned char bytes[LONGEST];
};

static struct talk *idle;
static SRWLOCK lock = SRWLOCK_INIT;

/* The tests cannot go on: says so and ends. */
static void give_up(const char *why) {
  fprintf(stderr, "winscard of the tests: %s\n", why);
  ExitProcess(99);
}

struct talk *begin(enum call call) {
  AcquireSRWLockExclusive(&lock);
  struct talk *talk = idle;
  if (talk) idle = talk->next;
  ReleaseSRWLockExclusive(&lock);
  if (!talk) {
    talk = malloc(sizeof *talk);
    if (!talk) give_up("no memory");
    talk->socket = INVALID_SOCKET;
  }
  talk->head.number = (uint32_t)call;
  talk->length = talk->at = 0;
  return talk;
}

LONG leave(struct talk *talk, LONG code) {
  // What went to a card may have been a PIN.
  SecureZeroMemory(talk->bytes, sizeof talk->bytes);
  AcquireSRWLockExclusive(&lock);
  talk->next = idle;
  idle = talk;
  ReleaseSRWLockExclusive(&lock);
  return code;
}

void give(struct talk *talk, const void *bytes, size_t length) {
  if (length > sizeof talk->bytes - talk->length) give_up("a call is too long");
  if (length > 0) memcpy(talk->bytes + talk->length, bytes, length);
  talk->length += length;
}

void give_number(struct talk *talk, DWORD number) {
  uint32_t written = number;
  give(talk, &written, sizeof written);
}

void give_handle(struct talk *talk, ULONG_PTR handle) {
  uint64_t written = handle;
  give(talk, &written, sizeof written);
}

size_t left(const struct talk *talk) { return talk->length - talk->at; }

const void *take(struct talk *talk, size_t length) {
  if (length > left(talk)) give_up("an answer is too short");
  const void *bytes = talk->bytes + talk->at;
  talk->at += length;
  return bytes;
}

DWORD take_number(struct talk *talk) {
  uint32_t number;
  memcpy(&number, take(talk, sizeof number), sizeof number);
  return number;
}

ULONG_PTR take_handle(struct talk *talk) {
  uint64_t handle;
  memcpy(&handle, take(talk, sizeof handle), sizeof handle);
  return (ULONG_PTR)handle;
}

static bool dial(struct talk *talk) {
  WSADATA ignored;
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons(BRIDGE_PORT), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const BOOL one = TRUE;
  if (WSAStartup(MAKEWORD(2, 2), &ignored) != 0) return false;
  talk->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (talk->socket == INVALID_SOCKET) return false;
  setsockopt(talk->socket, IPPROTO_TCP, TCP_NODELAY, (const char *)&one, sizeof one);
  return connect(talk->socket, (struct sockaddr *)&address, sizeof address) == 0;
}

static bool transfer(struct talk *talk, bool out, void *bytes, size_t length) {
  for (char *at = bytes; length > 0;) {
    int count = out ? send(talk->socket, at, (int)length, 0) : recv(talk->socket, at, (int)length, 0);
    if (count <= 0) return false;
    at += count;
    length -= (size_t)count;
  }
  return true;
}

LONG ask(struct talk *talk) {
  talk->head.size = (uint32_t)talk->length;
  bool known = talk->socket != INVALID_SOCKET || dial(talk);
  bool answered = known && transfer(talk, true, &talk->head, sizeof talk->head) &&
                  transfer(talk, true, talk->bytes, talk->length) &&
                  transfer(talk, false, &talk->head, sizeof talk->head) && talk->head.size <= LONGEST &&
                  transfer(talk, false, talk->bytes, talk->head.size);
  talk->at = 0;
  talk->length = answered ? talk->head.size : 0;
  if (answered) return (LONG)talk->head.number;
  if (talk->socket != INVALID_SOCKET) closesocket(talk->socket);
  talk->socket = INVALID_SOCKET;
  return SCARD_E_NO_SERVICE;
}
