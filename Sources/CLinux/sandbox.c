#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Landlock, as linux/landlock.h has it; said again here because the header of the machine that
// compiles may be older than the kernel of the one that runs.

enum {
  create_ruleset = 444,
  add_rule = 445,
  restrict_self = 446,
  rule_path_beneath = 1,
  version_flag = 1,
};

struct ruleset {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
};

struct path_rule {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

/// What changes a file, of version 1: write, remove and make; bits 1 and 4 to 12.
#define WRITE_FILE (1ULL << 1)
#define CHANGES (WRITE_FILE | 0x1ff0ULL)
/// Linking and renaming across folders, from version 2.
#define REFER (1ULL << 13)
/// From version 3.
#define TRUNCATE (1ULL << 14)
/// Binding and connecting TCP sockets, from version 4.
#define TCP 3ULL
/// Abstract Unix sockets and signals outside of the sandbox, from version 6.
#define SCOPES 3ULL

int clinux_sandbox_version(void) {
  long version = syscall(create_ruleset, NULL, 0, version_flag);
  return version < 0 ? 0 : (int)version;
}

static uint64_t changes(int version) {
  return CHANGES | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0);
}

/// Lets files below a path be changed; a path that is not there needs no rule.
static int allow(int ruleset, const char *path, int version) {
  struct stat status;
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return errno == ENOENT ? 0 : -errno;
  uint64_t allowed = changes(version);
  if (!fstat(place, &status) && !S_ISDIR(status.st_mode)) allowed &= WRITE_FILE | TRUNCATE;
  struct path_rule rule = {allowed, place};
  int error = syscall(add_rule, ruleset, rule_path_beneath, &rule, 0) ? -errno : 0;
  close(place);
  return error;
}

int clinux_confine_thread(char *const *writable) {
  int version = clinux_sandbox_version();
  if (version == 0) return -EOPNOTSUPP;
  struct ruleset rules = {changes(version), version >= 4 ? TCP : 0, version >= 6 ? SCOPES : 0};
  // An older kernel knows a shorter structure and refuses bytes it does not know unless zero.
  int ruleset = (int)syscall(create_ruleset, &rules, sizeof rules, 0);
  if (ruleset < 0) return -errno;
  int error = 0;
  for (; *writable && !error; writable++) error = allow(ruleset, *writable, version);
  if (!error && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) error = -errno;
  if (!error && syscall(restrict_self, ruleset, 0)) error = -errno;
  close(ruleset);
  return error;
}
