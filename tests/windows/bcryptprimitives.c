/* A bcryptprimitives.dll for Wine 8, which has none. Rust's standard library draws its random numbers
 * from this one function of it. It lies in the prefix of the tests and is never shipped. */

#include <windows.h>

/* RtlGenRandom, by the name under which advapi32.dll has it. */
BOOLEAN NTAPI SystemFunction036(PVOID bytes, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length) {
  const SIZE_T most = 1 << 20;
  while (length > 0) {
    ULONG some = (ULONG)(length < most ? length : most);
    if (!SystemFunction036(bytes, some)) return FALSE;
    bytes += some;
    length -= some;
  }
  return TRUE;
}
