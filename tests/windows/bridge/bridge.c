/* The bridge: does on Linux, with the PC/SC service there, what the winscard.dll of the tests is asked
 * for by Windows programs under Wine.
 *
 * Sharing, transactions, waiting and resets are those of a real service. What Windows does otherwise
 * is done here: with "stop" on standard input the service ends as Windows ends it when the last reader
 * is unplugged, and nothing that was had from it is worth anything afterwards; "start" begins another.
 * Each is answered with "ok". The end of standard input ends the bridge.
 */
#include "message.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <winscard.h>

enum { MOST = 8192 };

/* What programs hold, by number. Numbers are not given twice. */
struct context { SCARDCONTEXT real; int owner, busy; bool gone, stopped; };
struct card { SCARDHANDLE real; uint64_t context; bool gone; };

static struct context contexts[MOST];
static struct card cards[MOST];
static uint64_t context_count, card_count;
static bool running = true;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

/* The context of this number, kept until it is put back; null, and why, when there is none. */
static struct context *borrow(uint64_t number, int32_t *code) {
  struct context *context = NULL;
  pthread_mutex_lock(&lock);
  if (number == 0 || number > context_count) {
    *code = (int32_t)SCARD_E_INVALID_HANDLE;
  } else if (contexts[number - 1].stopped) {
    *code = (int32_t)SCARD_E_SERVICE_STOPPED;
  } else if (contexts[number - 1].gone) {
    *code = (int32_t)SCARD_E_INVALID_HANDLE;
  } else {
    context = &contexts[number - 1];
    context->busy++;
  }
  pthread_mutex_unlock(&lock);
  return context;
}

static void put_back(struct context *context) {
  pthread_mutex_lock(&lock);
  context->busy--;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

static struct context *borrow_of_card(uint64_t number, SCARDHANDLE *real, int32_t *code) {
  pthread_mutex_lock(&lock);
  bool known = number > 0 && number <= card_count && !cards[number - 1].gone;
  uint64_t context = known ? cards[number - 1].context : 0;
  *real = known ? cards[number - 1].real : 0;
  pthread_mutex_unlock(&lock);
  return borrow(context, code);
}

/* Wakes whoever waits in a context that nobody may use any more, and gives it back to the service. */
static void *clear(void *argument) {
  struct context *context = argument;
  pthread_mutex_lock(&lock);
  while (context->busy > 0) {
    struct timespec soon;
    SCardCancel(context->real);
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_nsec += 20 * 1000 * 1000;
    if (soon.tv_nsec >= 1000000000) {
      soon.tv_nsec -= 1000000000;
      soon.tv_sec++;
    }
    pthread_cond_timedwait(&changed, &lock, &soon);
  }
  pthread_mutex_unlock(&lock);
  SCardReleaseContext(context->real);
  return NULL;
}

static void begin_thread(void *(*run)(void *), void *argument) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, argument) != 0) fail("pthread_create");
  pthread_detach(thread);
}

/* Ends the contexts of one connection, or of all with -1. With the lock held. */
static void end_contexts(int owner, bool stopped) {
  for (uint64_t i = 0; i < context_count; i++) {
    struct context *context = &contexts[i];
    if (context->gone || (owner >= 0 && context->owner != owner)) continue;
    context->gone = true;
    context->stopped = stopped;
    begin_thread(clear, context);
  }
}

static int32_t establish(int owner, struct message *request, struct message *answer) {
  uint32_t scope = take_number(request);
  SCARDCONTEXT real;
  pthread_mutex_lock(&lock);
  bool runs = running;
  pthread_mutex_unlock(&lock);
  if (!runs) return (int32_t)SCARD_E_NO_SERVICE;
  LONG code = SCardEstablishContext(scope, NULL, NULL, &real);
  if (code != SCARD_S_SUCCESS) return windows_code(code);
  pthread_mutex_lock(&lock);
  if (context_count == MOST) fail("bridge: too many contexts");
  contexts[context_count++] = (struct context){.real = real, .owner = owner};
  uint64_t number = context_count;
  if (!running) end_contexts(owner, true);
  pthread_mutex_unlock(&lock);
  give(answer, &number, sizeof number);
  return 0;
}

static int32_t release(uint64_t number) {
  int32_t code = 0;
  struct context *context = borrow(number, &code);
  if (!context) return code;
  pthread_mutex_lock(&lock);
  bool first = !context->gone;
  context->gone = true;
  context->busy--;
  pthread_mutex_unlock(&lock);
  if (first) clear(context);
  return 0;
}

static int32_t status_change(struct context *context, struct message *request, struct message *answer) {
  uint32_t timeout = take_number(request), count = take_number(request);
  if (count > LONGEST / 8) return (int32_t)SCARD_E_INVALID_PARAMETER;
  SCARD_READERSTATE *states = calloc(count + 1, sizeof *states);
  if (!states) fail("calloc");
  for (uint32_t i = 0; i < count; i++) {
    states[i].dwCurrentState = take_number(request);
    states[i].szReader = take_name(request, take_number(request));
  }
  LONG code = SCardGetStatusChange(context->real, timeout, states, count);
  for (uint32_t i = 0; i < count; i++) {
    give_number(answer, (uint32_t)states[i].dwEventState);
    give_number(answer, (uint32_t)states[i].cbAtr);
    give(answer, states[i].rgbAtr, states[i].cbAtr);
    free((char *)states[i].szReader);
  }
  free(states);
  return windows_code(code);
}

static int32_t connect_card(uint64_t number, struct context *context, struct message *request,
                            struct message *answer) {
  uint32_t sharing = take_number(request), protocols = take_number(request);
  char *name = take_name(request, request->length - request->at);
  SCARDHANDLE real;
  DWORD protocol = 0;
  LONG code = SCardConnect(context->real, name, sharing, linux_protocols(protocols), &real, &protocol);
  free(name);
  if (code != SCARD_S_SUCCESS) return windows_code(code);
  pthread_mutex_lock(&lock);
  if (card_count == MOST) fail("bridge: too many cards");
  cards[card_count++] = (struct card){.real = real, .context = number};
  uint64_t card = card_count;
  pthread_mutex_unlock(&lock);
  give(answer, &card, sizeof card);
  give_number(answer, windows_protocol(protocol));
  return 0;
}

static int32_t of_context(enum call call, struct message *request, struct message *answer) {
  uint64_t number = take_handle(request);
  if (call == RELEASE) return release(number);
  int32_t code = 0;
  struct context *context = borrow(number, &code);
  if (!context) return code;
  if (call == CANCEL) {
    code = windows_code(SCardCancel(context->real));
  } else if (call == IS_VALID) {
    code = windows_code(SCardIsValidContext(context->real));
  } else if (call == LIST_READERS) {
    char names[LONGEST];
    DWORD length = sizeof names;
    code = windows_code(SCardListReaders(context->real, NULL, names, &length));
    if (code == 0) give(answer, names, length);
  } else if (call == STATUS_CHANGE) {
    code = status_change(context, request, answer);
  } else {
    code = connect_card(number, context, request, answer);
  }
  // Whatever was going on, the service is what it is told by.
  pthread_mutex_lock(&lock);
  if (context->stopped) code = (int32_t)SCARD_E_SERVICE_STOPPED;
  pthread_mutex_unlock(&lock);
  put_back(context);
  return code;
}

static LONG status(SCARDHANDLE card, struct message *answer) {
  char name[MAX_READERNAME];
  unsigned char reset[MAX_ATR_SIZE];
  DWORD name_length = sizeof name, reset_length = sizeof reset, state, protocol;
  LONG code = SCardStatus(card, name, &name_length, &state, &protocol, reset, &reset_length);
  if (code != SCARD_S_SUCCESS) return code;
  give_number(answer, windows_state(state));
  give_number(answer, windows_protocol(protocol));
  give_number(answer, (uint32_t)strlen(name));
  give(answer, name, strlen(name));
  give(answer, reset, reset_length);
  return code;
}

static LONG exchange(enum call call, SCARDHANDLE card, struct message *request, struct message *answer) {
  uint32_t number = take_number(request);
  size_t length = request->length - request->at;
  const unsigned char *bytes = take(request, length);
  static _Thread_local unsigned char given[LONGEST];
  DWORD room = sizeof given;
  LONG code;
  if (call == TRANSMIT) {
    const SCARD_IO_REQUEST *form = number == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0
                                 : number == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_RAW;
    code = SCardTransmit(card, form, bytes, length, NULL, given, &room);
  } else if (call == CONTROL) {
    code = SCardControl(card, number, bytes, length, given, room, &room);
  } else if (call == SET_ATTRIBUTE) {
    return SCardSetAttrib(card, number, bytes, length);
  } else {
    code = SCardGetAttrib(card, number, given, &room);
  }
  if (code == SCARD_S_SUCCESS) give(answer, given, room);
  return code;
}

static int32_t of_card(enum call call, struct message *request, struct message *answer) {
  uint64_t number = take_handle(request);
  SCARDHANDLE real;
  int32_t code = 0;
  struct context *context = borrow_of_card(number, &real, &code);
  if (!context) return code;
  LONG result;
  if (call == RECONNECT) {
    uint32_t sharing = take_number(request), protocols = take_number(request);
    DWORD protocol = 0;
    result = SCardReconnect(real, sharing, linux_protocols(protocols), take_number(request), &protocol);
    if (result == SCARD_S_SUCCESS) give_number(answer, windows_protocol(protocol));
  } else if (call == DISCONNECT) {
    result = SCardDisconnect(real, take_number(request));
    pthread_mutex_lock(&lock);
    if (result == SCARD_S_SUCCESS) cards[number - 1].gone = true;
    pthread_mutex_unlock(&lock);
  } else if (call == BEGIN) {
    result = SCardBeginTransaction(real);
  } else if (call == END) {
    result = SCardEndTransaction(real, take_number(request));
  } else if (call == STATUS) {
    result = status(real, answer);
  } else {
    result = exchange(call, real, request, answer);
  }
  code = windows_code(result);
  pthread_mutex_lock(&lock);
  if (context->stopped) code = (int32_t)SCARD_E_SERVICE_STOPPED;
  pthread_mutex_unlock(&lock);
  put_back(context);
  return code;
}

static int32_t wait_service(struct message *request, struct message *answer) {
  bool known = take_number(request) != 0;
  pthread_mutex_lock(&lock);
  while (running == known) pthread_cond_wait(&changed, &lock);
  give_number(answer, !known);
  pthread_mutex_unlock(&lock);
  return 0;
}

static int32_t serve(int owner, enum call call, struct message *request, struct message *answer) {
  switch (call) {
    case ESTABLISH: return establish(owner, request, answer);
    case WAIT_SERVICE: return wait_service(request, answer);
    case RELEASE: case IS_VALID: case CANCEL: case LIST_READERS: case STATUS_CHANGE: case CONNECT:
      return of_context(call, request, answer);
    case RECONNECT: case DISCONNECT: case BEGIN: case END: case STATUS: case TRANSMIT: case CONTROL:
    case GET_ATTRIBUTE: case SET_ATTRIBUTE:
      return of_card(call, request, answer);
  }
  fprintf(stderr, "bridge: call %d is unknown\n", call);
  exit(1);
}

static bool receive(int connection, void *bytes, size_t length) {
  return recv(connection, bytes, length, MSG_WAITALL) == (ssize_t)length;
}

/* A program that ends leaves its calls behind: somebody must see it go while they wait. */
static void *watch(void *argument) {
  int connection = *(int *)argument;
  struct pollfd gone = {.fd = connection, .events = POLLRDHUP};
  poll(&gone, 1, -1);
  pthread_mutex_lock(&lock);
  end_contexts(connection, false);
  pthread_mutex_unlock(&lock);
  return NULL;
}

static void *attend(void *argument) {
  int connection = *(int *)argument;
  struct message *request = malloc(sizeof *request), *answer = malloc(sizeof *answer);
  pthread_t watcher;
  struct head head;
  if (!request || !answer || pthread_create(&watcher, NULL, watch, argument) != 0) fail("attend");
  while (receive(connection, &head, sizeof head)) {
    if (head.size > LONGEST || !receive(connection, request->bytes, head.size)) break;
    request->length = head.size;
    request->at = answer->length = 0;
    request->broken = false;
    // Its head is filled in when all is known.
    give(answer, &head, sizeof head);
    int32_t code = serve(connection, head.number, request, answer);
    if (request->broken) {
      fprintf(stderr, "bridge: call %u is too short\n", head.number);
      exit(1);
    }
    head = (struct head){(uint32_t)code, (uint32_t)(answer->length - sizeof head)};
    memcpy(answer->bytes, &head, sizeof head);
    if (send(connection, answer->bytes, answer->length, MSG_NOSIGNAL) < 0) break;
  }
  shutdown(connection, SHUT_RDWR);
  pthread_join(watcher, NULL);
  close(connection);
  free(request);
  free(answer);
  free(argument);
  return NULL;
}

static void *listen_for_programs(void *argument) {
  int listener = *(int *)argument, one = 1;
  for (;;) {
    int *connection = malloc(sizeof *connection);
    if (!connection || (*connection = accept(listener, NULL, NULL)) < 0) fail("accept");
    setsockopt(*connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    begin_thread(attend, connection);
  }
  return NULL;
}

int main(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons(BRIDGE_PORT), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (listener < 0) fail("socket");
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
  if (listen(listener, 64) < 0) fail("listen");
  begin_thread(listen_for_programs, &listener);
  char line[16];
  while (puts("ok"), fflush(stdout), fgets(line, sizeof line, stdin)) {
    pthread_mutex_lock(&lock);
    running = strcmp(line, "stop\n") != 0;
    if (!running) end_contexts(-1, true);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
  }
  return 0;
}
