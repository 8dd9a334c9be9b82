import Glibc
import Rendering

/// What is known of the terminal, each of the three streams for itself.
struct Terminal: Hashable {
  var inputIsTerminal: Bool
  var outputIsTerminal: Bool
  var errorIsTerminal: Bool
  /// Neither colors nor a cursor that can move.
  var isDumb: Bool
  /// The user wants no colors (https://no-color.org).
  var refusesColor: Bool

  static func current(_ environment: [String: String]) -> Terminal {
    Terminal(
      inputIsTerminal: isatty(STDIN_FILENO) == 1, outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      errorIsTerminal: isatty(STDERR_FILENO) == 1,
      isDumb: (environment["TERM"] ?? "dumb") == "dumb",
      refusesColor: environment["NO_COLOR"]?.isEmpty == false)
  }

  var colorsOutput: Bool { outputIsTerminal && !isDumb && !refusesColor }
  var colorsErrors: Bool { errorIsTerminal && !isDumb && !refusesColor }
  /// Whether a line can be drawn and erased again.
  var showsProgress: Bool { errorIsTerminal && !isDumb }

  /// Columns and rows of the screen behind a stream; nil where it is none.
  static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
  }
}
