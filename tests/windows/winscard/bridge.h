/* What the winscard.dll of the tests and the bridge on Linux say to each other, over loopback.
 *
 * A request is struct head, with the call in its first number, and its arguments; an answer is struct
 * head, with the code of PC/SC as Windows knows it, and what it gives. Numbers are as both machines
 * have them: little-endian. A connection carries one call at a time; a program has as many as it has
 * calls under way, and leaves with all of them.
 */
#ifndef BRIDGE_H
#define BRIDGE_H

#include <stdint.h>

struct head { uint32_t number, size; };

enum call {
  ESTABLISH,      /* scope -> context */
  RELEASE,        /* context */
  IS_VALID,       /* context */
  CANCEL,         /* context */
  LIST_READERS,   /* context -> names, each ended by a zero, and a zero */
  STATUS_CHANGE,  /* context, timeout, count, then of each reader: state, length of name, name
                   * -> of each reader: state, length of answer to reset, answer to reset */
  CONNECT,        /* context, sharing, protocols, name -> card, protocol */
  RECONNECT,      /* card, sharing, protocols, initialization -> protocol */
  DISCONNECT,     /* card, disposition */
  BEGIN,          /* card */
  END,            /* card, disposition */
  STATUS,         /* card -> state, protocol, length of name, name, answer to reset */
  TRANSMIT,       /* card, protocol, command -> response */
  CONTROL,        /* card, code, bytes -> bytes */
  GET_ATTRIBUTE,  /* card, attribute -> bytes */
  SET_ATTRIBUTE,  /* card, attribute, bytes */
  WAIT_SERVICE,   /* whether it is known to run -> whether it runs, as soon as that is otherwise */
};

/* More than the longest command, response or list of readers. */
enum { LONGEST = 70000, BRIDGE_PORT = 36900 };

/* Where PC/SC on Windows and on Linux have different numbers for one thing. */
enum {
  WINDOWS_UNSUPPORTED_FEATURE = (int32_t)0x80100022,
  WINDOWS_PROTOCOL_RAW = 0x10000,
};

#endif
