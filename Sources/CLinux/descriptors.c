#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int clinux_pipe(int ends[2], bool nonblocking_read, bool nonblocking_write) {
  if (pipe2(ends, O_CLOEXEC)) return -errno;
  if (nonblocking_read) fcntl(ends[0], F_SETFL, O_NONBLOCK);
  if (nonblocking_write) fcntl(ends[1], F_SETFL, O_NONBLOCK);
  return 0;
}

int clinux_wake_descriptor(void) {
  int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_accept(int listener, bool nonblocking) {
  int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC | (nonblocking ? SOCK_NONBLOCK : 0));
  return connection < 0 ? -errno : connection;
}

int clinux_peer_user(int socket, uid_t *user, pid_t *process) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size)) return -errno;
  *user = peer.uid;
  *process = peer.pid;
  return 0;
}

/// Empties the folder at `descriptor`, which it takes over and closes.
static int empty(int descriptor) {
  DIR *folder = fdopendir(descriptor);
  if (!folder) {
    int error = errno;
    close(descriptor);
    return -error;
  }
  int result = 0;
  struct dirent *entry;
  while ((entry = readdir(folder))) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    if (!unlinkat(dirfd(folder), entry->d_name, 0)) continue;
    int inner = openat(dirfd(folder), entry->d_name,
                       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner < 0) {
      result = -errno;
      continue;
    }
    int error = empty(inner);
    if (error) result = error;
    if (unlinkat(dirfd(folder), entry->d_name, AT_REMOVEDIR)) result = -errno;
  }
  closedir(folder);
  return result;
}

int clinux_remove_tree(const char *path) {
  int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return -errno;
  int result = empty(descriptor);
  if (rmdir(path)) result = -errno;
  return result;
}

typedef struct thread_start {
  void (*body)(void *);
  void *context;
  char name[16];
} thread_start;

static void *run_thread(void *argument) {
  thread_start start = *(thread_start *)argument;
  free(argument);
  pthread_setname_np(pthread_self(), start.name);
  start.body(start.context);
  return NULL;
}

int clinux_start_thread(const char *name, size_t stack_bytes, void (*body)(void *),
                        void *context) {
  thread_start *start = calloc(1, sizeof *start);
  if (!start) return -ENOMEM;
  start->body = body;
  start->context = context;
  strncpy(start->name, name, sizeof start->name - 1);
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error) {
    free(start);
    return -error;
  }
  pthread_t thread;
  sigset_t all, previous;
  sigfillset(&all);
  // A thread of ours never runs the signal handlers of the program it is in.
  pthread_sigmask(SIG_BLOCK, &all, &previous);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  error = pthread_create(&thread, &attributes, run_thread, start);
  pthread_sigmask(SIG_SETMASK, &previous, NULL);
  pthread_attr_destroy(&attributes);
  if (error) free(start);
  return -error;
}

void clinux_line_buffer_output(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

const char *clinux_signal_name(int signal) {
  const char *name = sigabbrev_np(signal);
  if (!name) return NULL;
  static _Thread_local char full[16];
  snprintf(full, sizeof full, "SIG%s", name);
  return full;
}
