/* A host of the module: what its sub-commands share.
 *
 * The types are written down here from PKCS #11 v2.40 and v3.0, not taken from the module: a host
 * knows the module by the standard alone.
 */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include <stddef.h>

/* CK_ULONG, CK_RV and every handle; a pointer has the same size on all systems the module is for. */
typedef unsigned long word;
_Static_assert(sizeof(word) == sizeof(void *), "pointers and numbers are passed alike");

struct version { unsigned char major, minor; };
struct attribute { word type; void *value; word length; };
struct mechanism { word type; void *parameter; word length; };
struct pss { word hash, mask, salt_length; };
struct interface { char *name; struct list *list; word flags; };
struct session_info { word slot, state, flags, device_error; };
struct slot_info {
  unsigned char description[64], manufacturer[32];
  word flags;
  struct version hardware, firmware;
};
struct token_info {
  unsigned char label[32], manufacturer[32], model[16], serial[16];
  word flags;
  word sessions_most, sessions, writing_most, writing, pin_most, pin_least;
  word public_total, public_free, private_total, private_free;
  struct version hardware, firmware;
  unsigned char time[16];
};
struct initialize {
  word (*create)(void **), (*destroy)(void *), (*lock)(void *), (*unlock)(void *);
  word flags;
  void *reserved;
};

enum function {
#define FUNCTION(name, arguments, answer) name,
#include "functions.h"
#undef FUNCTION
  FUNCTIONS,
};
enum { FUNCTIONS_2_40 = GetInterfaceList, MOST_ARGUMENTS = 10 };

struct list {
  struct version version;
  void (*functions[FUNCTIONS])(void);
};
struct list_2_40 {
  struct version version;
  void (*functions[FUNCTIONS_2_40])(void);
};

enum {
  OK = 0x0, SLOT_ID_INVALID = 0x3, GENERAL_ERROR = 0x5, ARGUMENTS_BAD = 0x7, NO_EVENT = 0x8,
  CANT_LOCK = 0xA, ATTRIBUTE_SENSITIVE = 0x11, ATTRIBUTE_TYPE_INVALID = 0x12, DATA_INVALID = 0x20,
  DATA_LENGTH_RANGE = 0x21, DEVICE_ERROR = 0x30, DEVICE_REMOVED = 0x32,
  FUNCTION_NOT_PARALLEL = 0x51, FUNCTION_NOT_SUPPORTED = 0x54, KEY_HANDLE_INVALID = 0x60,
  KEY_FUNCTION_NOT_PERMITTED = 0x68, MECHANISM_INVALID = 0x70, MECHANISM_PARAMETER_INVALID = 0x71,
  OBJECT_HANDLE_INVALID = 0x82, OPERATION_ACTIVE = 0x90, OPERATION_NOT_INITIALIZED = 0x91,
  PIN_INCORRECT = 0xA0, PIN_LENGTH_RANGE = 0xA2, SESSION_COUNT = 0xB1,
  SESSION_HANDLE_INVALID = 0xB3,
  SESSION_PARALLEL_NOT_SUPPORTED = 0xB4, SESSION_READ_ONLY = 0xB5, TOKEN_NOT_PRESENT = 0xE0,
  TOKEN_WRITE_PROTECTED = 0xE2, USER_ALREADY_LOGGED_IN = 0x100, USER_NOT_LOGGED_IN = 0x101,
  USER_TYPE_INVALID = 0x103, RANDOM_NO_RNG = 0x121, BUFFER_TOO_SMALL = 0x150,
  CRYPTOKI_NOT_INITIALIZED = 0x190, CRYPTOKI_ALREADY_INITIALIZED = 0x191,
};
enum { CKF_DONT_BLOCK = 1, CKF_OS_LOCKING_OK = 2, CKF_RW_SESSION = 2, CKF_SERIAL_SESSION = 4 };
enum { CKA_CLASS = 0x0, CKA_VALUE = 0x11, CKO_CERTIFICATE = 1, CKO_PUBLIC_KEY = 2, CKO_PRIVATE_KEY = 3 };
enum { CKA_KEY_TYPE = 0x100, CKA_ID = 0x102, CKA_PRIVATE_EXPONENT = 0x123,
       CKA_ALWAYS_AUTHENTICATE = 0x202, CKK_RSA = 0 };
enum { CKM_RSA_PKCS = 0x1, CKM_RSA_PKCS_PSS = 0xD, CKM_SHA256 = 0x250, CKG_MGF1_SHA256 = 2,
       CKM_ECDSA = 0x1041 };
enum { CKU_SO = 0, CKU_USER = 1, CKU_CONTEXT_SPECIFIC = 2 };

/* load.c */
extern const char *module_path;
extern const char *const names[FUNCTIONS];
extern const char *const signatures[FUNCTIONS];
extern const word answers[FUNCTIONS];
void load(void);
void unload(void);
struct list *functions(void);
word call_with(enum function function, const word arguments[MOST_ARGUMENTS]);

/* Calls a function: call(Sign, session, (word)data, 32, (word)signature, (word)&length). */
#define call(function, ...) call_with(function, (word[MOST_ARGUMENTS]){__VA_ARGS__})

/* Ends the host, saying where, unless a call answered as it has to. */
#define expect(answer, result) expect_at(__FILE__, __LINE__, #result, answer, result)
#define check(condition) check_at(__FILE__, __LINE__, #condition, condition)
void expect_at(const char *file, int line, const char *what, word answer, word result);
void check_at(const char *file, int line, const char *what, bool condition);

/* card.c: the usual work with the card in the first reader */
#define PIN "1234"
word first_slot(void);
word open_session(word slot);
word find(word session, word class);
word log_in(word session);
word sign(word session, word key);
struct mechanism own_mechanism(word slot);
word digest_to_sign(unsigned char data[64]);

/* observe.c: what the system says of this process */
double now(void);
size_t count_threads(void);
size_t count_descriptors(void);
size_t resident_bytes(void);
bool is_mapped(const char *path);
bool sleeps(int thread);
void nap(void);

/* One sub-command each. */
void do_good(void);
void do_hostile(void);
void do_initialize(void);
void do_threads(word calls);
void do_fork(void);
void do_wait(void);
void do_close(void);
void do_once(void);
void do_rounds(word rounds);

#endif
