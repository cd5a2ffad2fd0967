/* Loads, initialises, searches, finalises and unloads, again and again: nothing may be left over. */

#include "host.h"

#include <stdio.h>

static void round_trip(void) {
  load();
  expect(OK, call(Initialize, 0));
  word session = open_session(first_slot());
  check(find(session, CKO_CERTIFICATE) != 0);
  expect(OK, call(Finalize, 0));
  unload();
  check(!is_mapped(module_path));
}

/* Prints threads, descriptors and resident bytes after some rounds and after all of them. */
void do_rounds(word rounds) {
  enum { WARM_UP = 50 };
  for (word i = 0; i < WARM_UP + rounds; i++) {
    if (i == WARM_UP) {
      printf("%zu %zu %zu\n", count_threads(), count_descriptors(), resident_bytes());
    }
    round_trip();
  }
  printf("%zu %zu %zu\n", count_threads(), count_descriptors(), resident_bytes());
}
