#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { slots = 5 };

/// Copies a descriptor out of the way of the numbers the child will use.
static int lift(int descriptor) {
  int lifted = fcntl(descriptor, F_DUPFD_CLOEXEC, 2 * slots);
  return lifted < 0 ? -errno : lifted;
}

static int place(posix_spawn_file_actions_t *actions, const int sources[slots]) {
  int error = 0;
  for (int slot = 0; slot < slots && !error; slot++) {
    if (sources[slot] >= 0) {
      error = posix_spawn_file_actions_adddup2(actions, sources[slot], slot);
    } else if (slot <= STDERR_FILENO) {
      error = posix_spawn_file_actions_addopen(actions, slot, "/dev/null", O_RDWR, 0);
    } else {
      error = posix_spawn_file_actions_addclose(actions, slot);
    }
  }
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, slots);
  return error;
}

static int describe(posix_spawnattr_t *attributes, bool detached) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
  flags |= detached ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
  int error = posix_spawnattr_setflags(attributes, flags);
  if (!error) error = posix_spawnattr_setsigdefault(attributes, &all);
  if (!error) error = posix_spawnattr_setsigmask(attributes, &none);
  if (!error) error = posix_spawnattr_setpgroup(attributes, 0);
  return error;
}

static pid_t spawn(const clinux_spawn_options *options, const int sources[slots]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  pid_t child = 0;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return -error;
  error = posix_spawnattr_init(&attributes);
  if (!error) {
    error = place(&actions, sources);
    if (!error) error = posix_spawn_file_actions_addchdir_np(&actions, options->directory);
    if (!error) error = describe(&attributes, options->detached);
    if (!error) {
      error = posix_spawn(&child, options->executable, &actions, &attributes, options->arguments,
                          options->environment);
    }
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return error ? -error : child;
}

struct confined_spawn {
  const clinux_spawn_options *options;
  const int *sources;
  pid_t result;
};

static void *confine_and_spawn(void *context) {
  struct confined_spawn *job = context;
  job->result = clinux_confine_thread(job->options->writable);
  if (job->result == 0) job->result = spawn(job->options, job->sources);
  return NULL;
}

/// Spawns from a thread that lives for this alone: the child inherits the thread's sandbox, and
/// nobody else is in it.
static pid_t spawn_confined(const clinux_spawn_options *options, const int sources[slots]) {
  struct confined_spawn job = {options, sources, 0};
  pthread_t thread;
  int error = pthread_create(&thread, NULL, confine_and_spawn, &job);
  if (error) return -error;
  pthread_join(thread, NULL);
  return job.result;
}

pid_t clinux_spawn(const clinux_spawn_options *options) {
  const int wanted[slots] = {options->standard_input, options->standard_output,
                             options->standard_error, options->descriptor3, options->descriptor4};
  int lifted[slots] = {-1, -1, -1, -1, -1};
  pid_t result = 0;
  for (int slot = 0; slot < slots && result == 0; slot++) {
    if (wanted[slot] < 0) continue;
    int descriptor = lift(wanted[slot]);
    if (descriptor < 0) {
      result = descriptor;
    } else {
      lifted[slot] = descriptor;
    }
  }
  if (result == 0) {
    result = options->writable ? spawn_confined(options, lifted) : spawn(options, lifted);
  }
  for (int slot = 0; slot < slots; slot++) {
    if (lifted[slot] >= 0) close(lifted[slot]);
  }
  return result;
}

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define CLINUX_SANITIZED
#endif
#endif

int clinux_limit_address_space(pid_t child, uint64_t bytes) {
#ifdef CLINUX_SANITIZED
  // A sanitizer's shadow memory takes terabytes of addresses: no child of this build could start.
  (void)child, (void)bytes;
  return 0;
#else
  const struct rlimit limit = {bytes, bytes};
  return prlimit(child, RLIMIT_AS, &limit, NULL) ? -errno : 0;
#endif
}

int clinux_limit_cpu(pid_t child, uint64_t seconds) {
  struct rlimit limit;
  if (prlimit(child, RLIMIT_CPU, NULL, &limit)) return -errno;
  limit.rlim_cur = seconds < limit.rlim_max ? seconds : limit.rlim_max;
  return prlimit(child, RLIMIT_CPU, &limit, NULL) ? -errno : 0;
}

int64_t clinux_cpu_nanoseconds(pid_t process) {
  clockid_t clock;
  struct timespec time;
  const int error = clock_getcpuclockid(process, &clock);
  if (error) return -error;
  if (clock_gettime(clock, &time)) return -errno;
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

pid_t clinux_reap(pid_t child, bool wait, clinux_exit *how) {
  int status = 0;
  struct rusage usage;
  pid_t reaped;
  do {
    reaped = wait4(child, &status, wait ? 0 : WNOHANG, &usage);
  } while (reaped < 0 && errno == EINTR);
  if (reaped < 0) return -errno;
  if (reaped == 0) return 0;
  how->code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  how->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  how->peak_bytes = (uint64_t)usage.ru_maxrss * 1024;
  return reaped;
}

uint64_t clinux_own_peak_bytes(void) {
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) ? 0 : (uint64_t)usage.ru_maxrss * 1024;
}

int clinux_signal_process(int descriptor, int signal) {
  return syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0) ? -errno : 0;
}

int clinux_process_descriptor(pid_t process) {
  int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
  return descriptor < 0 ? -errno : descriptor;
}
