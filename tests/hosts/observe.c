/* What the system says of this process. */

#include "host.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static size_t count_entries(const char *path) {
  DIR *folder = opendir(path);
  check(folder != NULL);
  size_t count = 0;
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    count += entry->d_name[0] != '.';
  }
  closedir(folder);
  return count;
}

size_t count_threads(void) { return count_entries("/proc/self/task"); }

/* One of them is the folder being read, each time. */
size_t count_descriptors(void) { return count_entries("/proc/self/fd"); }

size_t resident_bytes(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  check(file != NULL);
  size_t all = 0, resident = 0;
  check(fscanf(file, "%zu %zu", &all, &resident) == 2);
  fclose(file);
  return resident * (size_t)sysconf(_SC_PAGESIZE);
}

bool is_mapped(const char *path) {
  FILE *file = fopen("/proc/self/maps", "r");
  check(file != NULL);
  char line[4096];
  bool found = false;
  while (fgets(line, sizeof line, file) != NULL) {
    found |= strstr(line, path) != NULL;
  }
  fclose(file);
  return found;
}

/* Whether a thread of this process sleeps in the kernel. */
bool sleeps(int thread) {
  char path[64], state = 0;
  snprintf(path, sizeof path, "/proc/self/task/%d/stat", thread);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    return false;
  }
  bool read = fscanf(file, "%*d (%*[^)]) %c", &state) == 1;
  fclose(file);
  return read && state == 'S';
}

/* Between two looks at a condition. */
void nap(void) { nanosleep(&(struct timespec){0, 1000000}, NULL); }
