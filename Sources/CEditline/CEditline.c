#include "CEditline.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { history_entries = 10000 };

struct ceditline {
  EditLine *editor;
  History *history;
  FILE *output;
  char *prompt;
  ceditline_completer completer;
  void *context;
};

static ceditline *self_of(EditLine *editor) {
  void *self = NULL;
  el_get(editor, EL_CLIENTDATA, &self);
  return self;
}

static char *prompt_of(EditLine *editor) { return self_of(editor)->prompt; }

static unsigned char complete(EditLine *editor, int key) {
  (void)key;
  ceditline *self = self_of(editor);
  switch (self->completer(self->context)) {
  case CEDITLINE_REFRESH:
    return CC_REFRESH;
  case CEDITLINE_REDISPLAY:
    return CC_REDISPLAY;
  default:
    return CC_REFRESH_BEEP;
  }
}

/// Reads one character, or gives up on Ctrl-C.
///
/// libedit's own reader misses a signal that arrives just before it waits, while a Tab is answered
/// for instance; polling the descriptor the signal writes to does not.
static int read_character(EditLine *editor, wchar_t *character) {
  (void)editor;
  mbstate_t state;
  memset(&state, 0, sizeof state);
  for (;;) {
    struct pollfd waiting[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                               {.fd = ceditline_wake_descriptor(), .events = POLLIN}};
    int ready = poll(waiting, 2, -1);
    if (waiting[1].revents && ready > 0) {
      errno = EINTR;
      return -1;
    }
    if (ready < 0 && errno == EINTR) continue;
    char byte;
    ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count <= 0) return (int)count;
    switch (mbrtowc(character, &byte, 1, &state)) {
    case (size_t)-2:
      continue;
    case (size_t)-1:
      // Not UTF-8: the bytes so far are dropped.
      memset(&state, 0, sizeof state);
      continue;
    default:
      return 1;
    }
  }
}

ceditline *ceditline_create(const char *program, int output, ceditline_completer completer,
                            void *context) {
  ceditline *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->completer = completer;
  self->context = context;
  self->prompt = strdup("> ");
  self->output = fdopen(dup(output), "w");
  self->history = history_init();
  if (self->output && self->history && self->prompt)
    self->editor = el_init(program, stdin, self->output, stderr);
  if (!self->editor) {
    ceditline_destroy(self);
    return NULL;
  }
  HistEvent event;
  history(self->history, &event, H_SETSIZE, history_entries);
  history(self->history, &event, H_SETUNIQUE, 1);
  el_set(self->editor, EL_CLIENTDATA, self);
  el_set(self->editor, EL_SIGNAL, 0);
  el_set(self->editor, EL_GETCFN, read_character);
  el_set(self->editor, EL_EDITOR, "emacs");
  el_set(self->editor, EL_PROMPT, prompt_of);
  el_set(self->editor, EL_HIST, history, self->history);
  el_set(self->editor, EL_ADDFN, "doublet-complete", "Complete a word of a command", complete);
  el_set(self->editor, EL_BIND, "\t", "doublet-complete", NULL);
  el_set(self->editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
  // What terminals send for the keys libedit knows only from terminfo.
  el_set(self->editor, EL_BIND, "\033[3~", "ed-delete-next-char", NULL);
  el_set(self->editor, EL_BIND, "\033[1;5C", "em-next-word", NULL);
  el_set(self->editor, EL_BIND, "\033[1;5D", "ed-prev-word", NULL);
  return self;
}

void ceditline_destroy(ceditline *self) {
  if (!self) return;
  if (self->editor) el_end(self->editor);
  if (self->history) history_end(self->history);
  if (self->output) fclose(self->output);
  free(self->prompt);
  free(self);
}

void ceditline_read_settings(ceditline *self) { el_source(self->editor, NULL); }

void ceditline_set_prompt(ceditline *self, const char *prompt) {
  char *copy = strdup(prompt);
  if (!copy) return;
  free(self->prompt);
  self->prompt = copy;
}

void ceditline_resize(ceditline *self) { el_resize(self->editor); }

ceditline_outcome ceditline_read(ceditline *self, const char **line, size_t *length) {
  int count = 0;
  // libedit itself shows the prompt first, and a key in between would be taken the cooked way.
  el_set(self->editor, EL_PREP_TERM, 1);
  errno = 0;
  *line = el_gets(self->editor, &count);
  *length = *line && count > 0 ? (size_t)count : 0;
  if (*length) return CEDITLINE_LINE;
  return count == -1 && errno == EINTR ? CEDITLINE_INTERRUPTED : CEDITLINE_END;
}

void ceditline_remember(ceditline *self, const char *line) {
  HistEvent event;
  history(self->history, &event, H_ENTER, line);
}

void ceditline_line(ceditline *self, const char **text, size_t *cursor_bytes) {
  const LineInfo *info = el_line(self->editor);
  *text = info->buffer;
  *cursor_bytes = (size_t)(info->cursor - info->buffer);
}

void ceditline_replace(ceditline *self, int characters, const char *text) {
  if (characters > 0) el_deletestr(self->editor, characters);
  if (*text) el_insertstr(self->editor, text);
}

bool ceditline_force_utf8(void) {
  if (setlocale(LC_CTYPE, "") && !strcmp(nl_langinfo(CODESET), "UTF-8")) return false;
  setlocale(LC_CTYPE, "C.UTF-8");
  return true;
}
