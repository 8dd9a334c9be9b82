/// libedit's native API behind functions Swift can call.
///
/// `el_set`, `el_get` and `history` take a varying number of arguments, which Swift refuses. Each
/// wrapper here stands for one use of them.

#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <stdbool.h>
#include <stddef.h>

/// An editor with its history.
typedef struct ceditline ceditline;

/// Answers a Tab; returns one of the actions below.
typedef int (*ceditline_completer)(void *context);

typedef enum ceditline_action {
  /// Nothing to complete: beep.
  CEDITLINE_BEEP = 0,
  /// The line was changed: show it.
  CEDITLINE_REFRESH = 1,
  /// Something was printed: show prompt and line again, below it.
  CEDITLINE_REDISPLAY = 2,
} ceditline_action;

/// Makes an editor that reads standard input and draws on the given descriptor.
///
/// Signals stay the caller's (EL_SIGNAL 0): with 1, libedit sends them on to the whole process
/// group. NULL where there is not enough memory or the terminal cannot be used.
ceditline *ceditline_create(const char *program, int output, ceditline_completer completer,
                            void *context);
void ceditline_destroy(ceditline *editor);

/// Obeys the user's `.editrc`.
void ceditline_read_settings(ceditline *editor);

/// The prompt of the next line; copied. It must not hold escape sequences: libedit loses the last.
void ceditline_set_prompt(ceditline *editor, const char *prompt);

/// Tells libedit that the screen has another size. Only between lines: inside a signal handler it
/// crashes.
void ceditline_resize(ceditline *editor);

/// How reading a line ended.
typedef enum ceditline_outcome {
  CEDITLINE_LINE = 0,
  CEDITLINE_END = 1,
  /// A signal arrived; what was typed is dropped.
  CEDITLINE_INTERRUPTED = 2,
} ceditline_outcome;

/// Reads a line; `*line` is valid until the next call and ends with its line feed.
ceditline_outcome ceditline_read(ceditline *editor, const char **line, size_t *length);

/// Adds a line to the history that the arrow keys walk.
void ceditline_remember(ceditline *editor, const char *line);

/// The line as it is edited; valid until the next key.
void ceditline_line(ceditline *editor, const char **text, size_t *cursor_bytes);

/// Replaces some characters before the cursor.
void ceditline_replace(ceditline *editor, int characters, const char *text);

/// Lets every signal through: what started this program may have left some blocked, and Ctrl-C
/// would do nothing.
void ceditline_unblock_signals(void);

/// Makes SIGINT and SIGWINCH set marks.
///
/// SIGINT no longer ends the process, interrupts waiting calls (no SA_RESTART) and wakes whoever
/// polls the descriptor, which is returned; -1 on failure. SIGWINCH interrupts nothing: what is
/// typed would be lost.
int ceditline_watch_signals(void);

/// The descriptor that SIGINT makes readable, or -1.
int ceditline_wake_descriptor(void);

/// Whether SIGINT arrived since the last call; empties the descriptor.
bool ceditline_take_interrupt(void);

/// Whether the screen changed its size since the last call.
bool ceditline_take_resize(void);

/// Sets the character locale from the environment, or C.UTF-8 where it would not be UTF-8: in any
/// other, libedit silently drops every character that is not ASCII. Returns whether it had to.
bool ceditline_force_utf8(void);

#endif
