import Glibc
import Rendering

/// Shows what is taller than the screen a page at a time.
struct Pager: Hashable {
  let command: String

  /// `DOUBLET_PAGER`, else `PAGER`, else `less -FRX` where it is installed; nil where the user
  /// asked for none by an empty value.
  init?(_ environment: [String: String]) {
    guard let wanted = environment["DOUBLET_PAGER"] ?? environment["PAGER"] else {
      let folders = (environment["PATH"] ?? "").split(separator: ":")
      guard folders.contains(where: { unsafe access($0 + "/less", X_OK) == 0 }) else { return nil }
      command = "less -FRX"
      return
    }
    guard !wanted.trimmed.isEmpty else { return nil }
    command = wanted
  }

  /// Whether a text takes more lines than a screen has, one of them for the prompt.
  static func isTaller(_ text: String, columns: Int, rows: Int) -> Bool {
    var lines = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      lines += max(1, (line.columns + columns - 1) / columns)
      if lines >= rows { return true }
    }
    return false
  }

  /// Runs the pager in the foreground; false where it could not be started.
  func show(_ text: String) -> Bool {
    guard let pipe = unsafe popen(command, "we") else { return false }
    // Leaving the pager before the end is no failure.
    let previous = signal(SIGPIPE, SIG_IGN)
    _ = unsafe Array(text.utf8).withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, pipe) }
    let status = unsafe pclose(pipe)
    _ = signal(SIGPIPE, previous)
    // The shell's word for a command it did not find.
    return status & 0xFF00 != 127 << 8
  }
}
