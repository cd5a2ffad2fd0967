/* A winscard.dll for the tests under Wine, which has none that reaches a card. Never shipped.
 *
 * Each function of Windows' smart card service is asked of the bridge on Linux (bridge.h), which does
 * the same with the service there. Where the bridge is not, the service is not. Names are those of
 * virtual readers, plain letters, so that the two alphabets of Windows differ by their width alone.
 */
#define WINSCARDAPI __declspec(dllexport)
#define WINSCARDDATA __declspec(dllexport)
#include "line.h"

#include <winscard.h>

const SCARD_IO_REQUEST g_rgSCardT0Pci = {SCARD_PROTOCOL_T0, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardT1Pci = {SCARD_PROTOCOL_T1, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardRawPci = {SCARD_PROTOCOL_RAW, sizeof(SCARD_IO_REQUEST)};

/* Hands out bytes as Windows does: into the caller's room, of room of its own when that is asked for,
 * or only their length. */
static LONG hand_out(void *room, DWORD *length, const void *bytes, size_t count, size_t unit) {
  if (!length) return SCARD_E_INVALID_PARAMETER;
  DWORD has = *length;
  *length = (DWORD)(count / unit);
  if (!room) return SCARD_S_SUCCESS;
  if (has == SCARD_AUTOALLOCATE) {
    void *own = HeapAlloc(GetProcessHeap(), 0, count);
    if (!own) return SCARD_E_NO_MEMORY;
    memcpy(own, bytes, count);
    memcpy(room, &own, sizeof own);
    return SCARD_S_SUCCESS;
  }
  if (has < count / unit) return SCARD_E_INSUFFICIENT_BUFFER;
  memcpy(room, bytes, count);
  return SCARD_S_SUCCESS;
}

/* The same letters, twice as wide. */
static void widen(WCHAR *wide, const char *narrow, size_t count) {
  for (size_t i = 0; i < count; i++) wide[i] = (unsigned char)narrow[i];
}

static size_t narrow(char *narrow, const WCHAR *wide, size_t room) {
  size_t count = 0;
  for (; count + 1 < room && wide[count]; count++) narrow[count] = (char)wide[count];
  narrow[count] = 0;
  return count;
}

static LONG hand_out_text(void *room, DWORD *length, const char *text, size_t count, bool wide) {
  if (!wide) return hand_out(room, length, text, count, 1);
  WCHAR *wider = malloc(count * sizeof *wider);
  if (!wider) return SCARD_E_NO_MEMORY;
  widen(wider, text, count);
  LONG code = hand_out(room, length, wider, count * sizeof *wider, sizeof *wider);
  free(wider);
  return code;
}

LONG WINAPI SCardEstablishContext(DWORD scope, LPCVOID reserved, LPCVOID reserved_too, LPSCARDCONTEXT context) {
  struct talk *talk = begin(ESTABLISH);
  (void)reserved, (void)reserved_too;
  if (!context) return leave(talk, SCARD_E_INVALID_PARAMETER);
  give_number(talk, scope);
  LONG code = ask(talk);
  if (code == SCARD_S_SUCCESS) *context = take_handle(talk);
  return leave(talk, code);
}

static LONG ask_about(enum call call, ULONG_PTR handle) {
  struct talk *talk = begin(call);
  give_handle(talk, handle);
  return leave(talk, ask(talk));
}

static LONG ask_about_with(enum call call, ULONG_PTR handle, DWORD number) {
  struct talk *talk = begin(call);
  give_handle(talk, handle);
  give_number(talk, number);
  return leave(talk, ask(talk));
}

LONG WINAPI SCardReleaseContext(SCARDCONTEXT context) { return ask_about(RELEASE, context); }
LONG WINAPI SCardIsValidContext(SCARDCONTEXT context) { return ask_about(IS_VALID, context); }
LONG WINAPI SCardCancel(SCARDCONTEXT context) { return ask_about(CANCEL, context); }
LONG WINAPI SCardBeginTransaction(SCARDHANDLE card) { return ask_about(BEGIN, card); }

LONG WINAPI SCardEndTransaction(SCARDHANDLE card, DWORD disposition) {
  return ask_about_with(END, card, disposition);
}

LONG WINAPI SCardDisconnect(SCARDHANDLE card, DWORD disposition) {
  return ask_about_with(DISCONNECT, card, disposition);
}

LONG WINAPI SCardFreeMemory(SCARDCONTEXT context, LPCVOID memory) {
  (void)context;
  return HeapFree(GetProcessHeap(), 0, (void *)memory) ? SCARD_S_SUCCESS : SCARD_E_INVALID_PARAMETER;
}

static LONG list_readers(SCARDCONTEXT context, void *names, DWORD *length, bool wide) {
  struct talk *talk = begin(LIST_READERS);
  give_handle(talk, context);
  LONG code = ask(talk);
  if (code == SCARD_S_SUCCESS) {
    size_t count = left(talk);
    code = hand_out_text(names, length, take(talk, count), count, wide);
  }
  return leave(talk, code);
}

LONG WINAPI SCardListReadersA(SCARDCONTEXT context, LPCSTR groups, LPSTR names, LPDWORD length) {
  (void)groups;
  return list_readers(context, names, length, false);
}

LONG WINAPI SCardListReadersW(SCARDCONTEXT context, LPCWSTR groups, LPWSTR names, LPDWORD length) {
  (void)groups;
  return list_readers(context, names, length, true);
}

LONG WINAPI SCardGetStatusChangeA(SCARDCONTEXT context, DWORD timeout, LPSCARD_READERSTATEA states, DWORD count) {
  struct talk *talk = begin(STATUS_CHANGE);
  if (count > 0 && !states) return leave(talk, SCARD_E_INVALID_PARAMETER);
  give_handle(talk, context);
  give_number(talk, timeout);
  give_number(talk, count);
  for (DWORD i = 0; i < count; i++) {
    give_number(talk, states[i].dwCurrentState);
    give_number(talk, (DWORD)strlen(states[i].szReader));
    give(talk, states[i].szReader, strlen(states[i].szReader));
  }
  LONG code = ask(talk);
  // What the readers were seen as comes with a time that is over, too.
  for (DWORD i = 0; i < count && left(talk) > 0; i++) {
    states[i].dwEventState = take_number(talk);
    states[i].cbAtr = take_number(talk);
    if (states[i].cbAtr > sizeof states[i].rgbAtr) return leave(talk, SCARD_F_INTERNAL_ERROR);
    memcpy(states[i].rgbAtr, take(talk, states[i].cbAtr), states[i].cbAtr);
  }
  return leave(talk, code);
}

LONG WINAPI SCardGetStatusChangeW(SCARDCONTEXT context, DWORD timeout, LPSCARD_READERSTATEW states, DWORD count) {
  char (*names)[NAME] = calloc(count + 1, sizeof *names);
  SCARD_READERSTATEA *plain = calloc(count + 1, sizeof *plain);
  LONG code = SCARD_E_NO_MEMORY;
  if (names && plain) {
    for (DWORD i = 0; i < count; i++) {
      narrow(names[i], states[i].szReader, sizeof names[i]);
      plain[i].szReader = names[i];
      plain[i].dwCurrentState = states[i].dwCurrentState;
    }
    code = SCardGetStatusChangeA(context, timeout, plain, count);
    for (DWORD i = 0; i < count; i++) {
      states[i].dwEventState = plain[i].dwEventState;
      states[i].cbAtr = plain[i].cbAtr;
      memcpy(states[i].rgbAtr, plain[i].rgbAtr, sizeof states[i].rgbAtr);
    }
  }
  free(names);
  free(plain);
  return code;
}

LONG WINAPI SCardConnectA(SCARDCONTEXT context, LPCSTR reader, DWORD sharing, DWORD protocols, LPSCARDHANDLE card,
                          LPDWORD protocol) {
  struct talk *talk = begin(CONNECT);
  if (!reader || !card || !protocol) return leave(talk, SCARD_E_INVALID_PARAMETER);
  give_handle(talk, context);
  give_number(talk, sharing);
  give_number(talk, protocols);
  give(talk, reader, strlen(reader));
  LONG code = ask(talk);
  if (code == SCARD_S_SUCCESS) {
    *card = take_handle(talk);
    *protocol = take_number(talk);
  }
  return leave(talk, code);
}

LONG WINAPI SCardConnectW(SCARDCONTEXT context, LPCWSTR reader, DWORD sharing, DWORD protocols, LPSCARDHANDLE card,
                          LPDWORD protocol) {
  char name[NAME];
  if (!reader) return SCARD_E_INVALID_PARAMETER;
  narrow(name, reader, sizeof name);
  return SCardConnectA(context, name, sharing, protocols, card, protocol);
}

LONG WINAPI SCardReconnect(SCARDHANDLE card, DWORD sharing, DWORD protocols, DWORD initialization, LPDWORD protocol) {
  struct talk *talk = begin(RECONNECT);
  give_handle(talk, card);
  give_number(talk, sharing);
  give_number(talk, protocols);
  give_number(talk, initialization);
  LONG code = ask(talk);
  if (code == SCARD_S_SUCCESS && protocol) *protocol = take_number(talk);
  return leave(talk, code);
}

static LONG status(SCARDHANDLE card, void *name, DWORD *name_length, DWORD *state, DWORD *protocol, BYTE *reset,
                   DWORD *reset_length, bool wide) {
  struct talk *talk = begin(STATUS);
  give_handle(talk, card);
  LONG code = ask(talk);
  if (code != SCARD_S_SUCCESS) return leave(talk, code);
  DWORD now = take_number(talk), speaks = take_number(talk), length = take_number(talk);
  // A list of names on Windows: each is ended by a zero, and the list by another.
  char names[NAME + 2] = {0};
  if (length > NAME) return leave(talk, SCARD_F_INTERNAL_ERROR);
  memcpy(names, take(talk, length), length);
  if (state) *state = now;
  if (protocol) *protocol = speaks;
  if (name_length) code = hand_out_text(name, name_length, names, length + 2, wide);
  if (code == SCARD_S_SUCCESS && reset_length) {
    size_t count = left(talk);
    code = hand_out(reset, reset_length, take(talk, count), count, 1);
  }
  return leave(talk, code);
}

LONG WINAPI SCardStatusA(SCARDHANDLE card, LPSTR name, LPDWORD name_length, LPDWORD state, LPDWORD protocol,
                         LPBYTE reset, LPDWORD reset_length) {
  return status(card, name, name_length, state, protocol, reset, reset_length, false);
}

LONG WINAPI SCardStatusW(SCARDHANDLE card, LPWSTR name, LPDWORD name_length, LPDWORD state, LPDWORD protocol,
                         LPBYTE reset, LPDWORD reset_length) {
  return status(card, name, name_length, state, protocol, reset, reset_length, true);
}

/* Sends bytes with a number, and hands out those that come back. */
static LONG exchange(enum call call, SCARDHANDLE card, DWORD number, const void *bytes, DWORD length, void *room,
                     DWORD *room_length) {
  struct talk *talk = begin(call);
  give_handle(talk, card);
  give_number(talk, number);
  give(talk, bytes, length);
  LONG code = ask(talk);
  if (code == SCARD_S_SUCCESS && room_length) {
    size_t count = left(talk);
    code = hand_out(room, room_length, take(talk, count), count, 1);
  }
  return leave(talk, code);
}

LONG WINAPI SCardTransmit(SCARDHANDLE card, LPCSCARD_IO_REQUEST form, LPCBYTE command, DWORD length,
                          LPSCARD_IO_REQUEST form_of_response, LPBYTE response, LPDWORD room) {
  (void)form_of_response;
  if (!form || !command || !response || !room) return SCARD_E_INVALID_PARAMETER;
  return exchange(TRANSMIT, card, form->dwProtocol, command, length, response, room);
}

LONG WINAPI SCardControl(SCARDHANDLE card, DWORD code, LPCVOID bytes, DWORD length, LPVOID room, DWORD room_length,
                         LPDWORD returned) {
  if (!returned) return SCARD_E_INVALID_PARAMETER;
  *returned = room_length;
  return exchange(CONTROL, card, code, bytes, length, room, returned);
}

LONG WINAPI SCardGetAttrib(SCARDHANDLE card, DWORD attribute, LPBYTE room, LPDWORD length) {
  if (!length) return SCARD_E_INVALID_PARAMETER;
  return exchange(GET_ATTRIBUTE, card, attribute, NULL, 0, room, length);
}

LONG WINAPI SCardSetAttrib(SCARDHANDLE card, DWORD attribute, LPCBYTE bytes, DWORD length) {
  return exchange(SET_ATTRIBUTE, card, attribute, bytes, length, NULL, NULL);
}

static HANDLE started;

/* Sets the event while the service runs. Without the bridge there is nothing to wait for. */
static DWORD WINAPI follow_service(void *unused) {
  DWORD runs = 0;
  (void)unused;
  for (;;) {
    struct talk *talk = begin(WAIT_SERVICE);
    give_number(talk, runs);
    LONG code = ask(talk);
    if (code == SCARD_S_SUCCESS) runs = take_number(talk);
    leave(talk, code);
    if (code != SCARD_S_SUCCESS) return 1;
    if (runs) SetEvent(started);
    else ResetEvent(started);
  }
}

HANDLE WINAPI SCardAccessStartedEvent(void) {
  static LONG begun;
  if (InterlockedExchange(&begun, 1) == 0) {
    started = CreateEventW(NULL, TRUE, FALSE, NULL);
    CloseHandle(CreateThread(NULL, 0, follow_service, NULL, 0, NULL));
  }
  return started;
}

void WINAPI SCardReleaseStartedEvent(void) {}
