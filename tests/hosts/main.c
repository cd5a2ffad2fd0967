/* host MODULE SUB-COMMAND [NUMBER]: loads a PKCS #11 module and treats it well or badly.
 *
 * A card whose PIN1 is 1234 lies in the first reader. No sub-command ever enters a wrong PIN of the
 * right form. Exits with 0 if everything answered as it has to, and says where it did not. */

#include "host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: host MODULE SUB-COMMAND [NUMBER]\n");
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  module_path = arguments[1];
  const char *command = arguments[2];
  word number = count > 3 ? strtoul(arguments[3], NULL, 10) : 0;
  if (strcmp(command, "rounds") == 0) {
    /* It loads for itself, again and again. */
    do_rounds(number);
    return 0;
  }
  double start = now();
  load();
  if (strcmp(command, "load") == 0) {
    printf("%.3f\n", (now() - start) * 1e3);
  } else if (strcmp(command, "good") == 0) {
    do_good();
  } else if (strcmp(command, "hostile") == 0) {
    do_hostile();
  } else if (strcmp(command, "initialize") == 0) {
    do_initialize();
  } else if (strcmp(command, "threads") == 0) {
    do_threads(number);
  } else if (strcmp(command, "fork") == 0) {
    do_fork();
  } else if (strcmp(command, "once") == 0) {
    do_once();
  } else if (strcmp(command, "wait") == 0) {
    do_wait();
  } else if (strcmp(command, "close") == 0) {
    do_close();
  } else {
    fprintf(stderr, "no such sub-command: %s\n", command);
    return 2;
  }
  unload();
  return 0;
}
