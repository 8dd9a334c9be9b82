/// The few Linux calls that Swift cannot make itself, each with one purpose.
///
/// Every function that can fail returns 0 or more on success and `-errno` on failure.

#ifndef CLINUX_H
#define CLINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// How a child process starts.
///
/// Every descriptor that is not named here is closed in the child. Signals have their default
/// actions and none is blocked.
typedef struct clinux_spawn_options {
  /// An absolute path.
  const char *executable;
  /// Ends with NULL; the first is the program's name for itself.
  char *const *arguments;
  /// Ends with NULL.
  char *const *environment;
  /// The child's working directory.
  const char *directory;
  /// Becomes descriptor 0; -1 stands for /dev/null.
  int standard_input;
  /// Becomes descriptor 1; -1 stands for /dev/null.
  int standard_output;
  /// Becomes descriptor 2; -1 stands for /dev/null.
  int standard_error;
  /// Becomes descriptor 3; -1 leaves it closed.
  int descriptor3;
  /// Becomes descriptor 4; -1 leaves it closed.
  int descriptor4;
  /// A session of its own, for a daemon; otherwise a process group of its own.
  bool detached;
  /// The only files the child may change are below these paths, and it may use no TCP; ends with
  /// NULL. NULL instead of a list leaves the child free.
  char *const *writable;
} clinux_spawn_options;

/// Starts a child and returns its process id.
///
/// The child leads its own process group, whose id is its process id.
pid_t clinux_spawn(const clinux_spawn_options *options);

/// The version of Landlock, Linux's sandbox, that this kernel offers; 0 where it offers none.
///
/// Truncation is kept from version 3, TCP from version 4, signals to processes outside and abstract
/// Unix sockets from version 6.
int clinux_sandbox_version(void);

/// Confines the calling thread for good, and every process it starts.
int clinux_confine_thread(char *const *writable);

/// Limits the address space of a running child, in bytes; does nothing in a sanitized build.
int clinux_limit_address_space(pid_t child, uint64_t bytes);

/// Ends a running child with SIGXCPU once it has used so many seconds of processor time since its
/// start. Only the soft limit is set: the hard one could not be raised again without privileges.
///
/// What the child starts later inherits the limit and counts its own time.
int clinux_limit_cpu(pid_t child, uint64_t seconds);

/// The processor time a process has used, all its threads, in nanoseconds.
int64_t clinux_cpu_nanoseconds(pid_t process);

/// How a child ended.
typedef struct clinux_exit {
  /// The exit code, or -1 where a signal ended it.
  int code;
  /// The signal, or 0.
  int signal;
  /// Its peak resident memory in bytes.
  ///
  /// The kernel counts the moment before `exec` too, when the child still shared its parent's
  /// memory: a figure at or below the parent's own peak is only an upper bound.
  uint64_t peak_bytes;
} clinux_exit;

/// Reaps a child; with `wait` false, returns 0 where it still runs and its id where it is gone.
pid_t clinux_reap(pid_t child, bool wait, clinux_exit *how);

/// The peak resident memory of this process, in bytes.
uint64_t clinux_own_peak_bytes(void);

/// A descriptor that becomes readable when the process ends.
int clinux_process_descriptor(pid_t process);

/// Signals the process a descriptor of ``clinux_process_descriptor`` stands for, and no other.
int clinux_signal_process(int descriptor, int signal);

/// A pipe, closed on `exec`; the ends named are non-blocking.
int clinux_pipe(int ends[2], bool nonblocking_read, bool nonblocking_write);

/// A counter to wake a `poll` with, closed on `exec` and non-blocking.
int clinux_wake_descriptor(void);

/// Accepts a connection, closed on `exec`.
int clinux_accept(int listener, bool nonblocking);

/// The user at the other end of a Unix-domain socket.
int clinux_peer_user(int socket, uid_t *user, pid_t *process);

/// Removes a folder and all it holds, never following a symbolic link.
int clinux_remove_tree(const char *path);

/// Runs `body` on a thread of its own that nobody joins.
int clinux_start_thread(const char *name, size_t stack_bytes, void (*body)(void *), void *context);

/// Makes standard output pass on every line as it ends, also into a pipe.
void clinux_line_buffer_output(void);

/// The name of a signal, such as "SIGKILL", or NULL.
const char *clinux_signal_name(int signal);

#endif
