/* Card modules, written down here from the Windows Smart Card Minidriver Specification, version 7, and from
 * no header of the system: a mistake in the module's own bindings would be in those too. */
#ifndef CARD_MODULE_H
#define CARD_MODULE_H

#include <windows.h>

#include <stddef.h>
#include <stdint.h>

/* The functions of a CARD_DATA, in its order, with the version that brought each: those of the card module,
 * those that the caller fills in itself, and places that are not used. */
#define SLOTS                                                                                            \
  MODULE(DeleteContext, 4) MODULE(QueryCapabilities, 4) MODULE(DeleteContainer, 4)                       \
  MODULE(CreateContainer, 4) MODULE(GetContainerInfo, 4) MODULE(AuthenticatePin, 4)                      \
  MODULE(GetChallenge, 4) MODULE(AuthenticateChallenge, 4) MODULE(UnblockPin, 4)                         \
  MODULE(ChangeAuthenticator, 4) MODULE(Deauthenticate, 4) MODULE(CreateDirectory_, 4)                   \
  MODULE(DeleteDirectory, 4) CALLER(Unused3, 4) CALLER(Unused4, 4) MODULE(CreateFile_, 4)                \
  MODULE(ReadFile_, 4) MODULE(WriteFile_, 4) MODULE(DeleteFile_, 4) MODULE(EnumFiles, 4)                 \
  MODULE(GetFileInfo, 4) MODULE(QueryFreeSpace, 4) MODULE(QueryKeySizes, 4) MODULE(SignData, 4)          \
  MODULE(RSADecrypt, 4) MODULE(ConstructDHAgreement, 4)                                                  \
  MODULE(DeriveKey, 5) MODULE(DestroyDHAgreement, 5) CALLER(GetDHAgreement, 5)                           \
  MODULE(GetChallengeEx, 6) MODULE(AuthenticateEx, 6) MODULE(ChangeAuthenticatorEx, 6)                   \
  MODULE(DeauthenticateEx, 6) MODULE(GetContainerProperty, 6) MODULE(SetContainerProperty, 6)            \
  MODULE(GetProperty, 6) MODULE(SetProperty, 6)                                                          \
  CALLER(UnpadData, 7) MODULE(ImportSessionKeyMD, 7) MODULE(EncryptDataMD, 7)                            \
  MODULE(ImportSessionKey, 7) MODULE(GetSharedKeyHandle, 7) MODULE(GetAlgorithmProperty, 7)              \
  MODULE(GetKeyProperty, 7) MODULE(SetKeyProperty, 7) MODULE(DestroyKey, 7)                              \
  MODULE(ProcessEncryptedData, 7) MODULE(CreateContainerEx, 7)

enum slot {
#define MODULE(name, version) name,
#define CALLER(name, version) name,
  SLOTS
#undef MODULE
#undef CALLER
  SLOT_COUNT,
};

enum { OLDEST = 4, NEWEST = 7 };

struct card_data {
  uint32_t version;
  uint8_t *reset;
  uint32_t reset_length;
  wchar_t *card_name;
  void *(*allocate)(size_t);
  void *(*reallocate)(void *, size_t);
  void (*release)(void *);
  void *cache_functions[3];
  void *cache;
  void *pad;
  SCARDCONTEXT service;
  SCARDHANDLE card;
  void *module;
  void *functions[SLOT_COUNT];
};

struct signing_info {
  uint32_t version;
  uint8_t container;
  uint32_t key_spec, flags, algorithm;
  uint8_t *data;
  uint32_t data_length;
  uint8_t *signature;
  uint32_t signature_length;
  /* From version 2 on. */
  void *padding;
  uint32_t padding_type;
};

struct container_info {
  uint32_t version, reserved, signature_key_length;
  uint8_t *signature_key;
  uint32_t exchange_key_length;
  uint8_t *exchange_key;
};

/* Of the Cryptography API: Next Generation: for PKCS #1 without the length of the salt. */
struct padding_info { const wchar_t *hash; uint32_t salt; };

enum { CAPABILITIES = 12, FILE_INFO = 12, FREE_SPACE = 16, KEY_SIZES = 20, PIN_INFORMATION = 36 };

/* How long the two structures are whose end is younger than their beginning. */
static inline size_t card_data_length(uint32_t version) {
  const size_t before = offsetof(struct card_data, functions);
  return before + sizeof(void *) * (version <= 4 ? DeriveKey : version == 5 ? GetChallengeEx
                                  : version == 6 ? UnpadData : SLOT_COUNT);
}
static inline size_t signing_info_length(uint32_t version) {
  return version < 2 ? offsetof(struct signing_info, padding) : sizeof(struct signing_info);
}

_Static_assert(sizeof(struct card_data) == 504, "CARD_DATA");
_Static_assert(offsetof(struct card_data, functions) == 120, "CARD_DATA");
_Static_assert(sizeof(struct signing_info) == 72, "CARD_SIGNING_INFO");
_Static_assert(sizeof(struct container_info) == 40, "CONTAINER_INFO");

enum {
  KEY_EXCHANGE = 1, SIGNATURE = 2,
  PIN_USER = 1, PIN_UNBLOCK = 3,
  BY_PIN = 2, UNBLOCK = 1, CHANGE = 2,
  PADDING_INFO_PRESENT = 0x40000000, SIZE_ONLY = 0x20000000,
  PADDING_NONE = 1, PADDING_PKCS1 = 2, PADDING_PSS = 4,
};

#endif
