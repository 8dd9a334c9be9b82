#include "CEditline.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t resized;
static int wake = -1;

static void note_signal(int number) {
  int error = errno;
  if (number == SIGWINCH) {
    resized = 1;
  } else {
    interrupted = 1;
    uint64_t one = 1;
    ssize_t written = write(wake, &one, sizeof one);
    (void)written;
  }
  errno = error;
}

void ceditline_unblock_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

int ceditline_watch_signals(void) {
  if (wake < 0) wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0) return -1;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  // SA_RESTART is left out: a waiting read must come back.
  if (sigaction(SIGINT, &action, NULL)) return -1;
  action.sa_flags = SA_RESTART;
  if (sigaction(SIGWINCH, &action, NULL)) return -1;
  return wake;
}

int ceditline_wake_descriptor(void) { return wake; }

bool ceditline_take_interrupt(void) {
  uint64_t count;
  ssize_t taken = wake < 0 ? 0 : read(wake, &count, sizeof count);
  (void)taken;
  bool was = interrupted;
  interrupted = 0;
  return was;
}

bool ceditline_take_resize(void) {
  bool was = resized;
  resized = 0;
  return was;
}
