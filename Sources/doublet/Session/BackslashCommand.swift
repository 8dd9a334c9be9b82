import ClientProtocol
import PluginProtocol
import Rendering

/// A command for the client itself, named as psql names it.
enum BackslashCommand: Hashable {
  case quit
  case help
  /// The daemon's help, on a topic where one is given.
  case topic(String)
  case timing(Bool?)
  case expansion(TextStyle.Expansion?)
  case format(OutputFormat)
  case output(String?)
  case include(String)
  case history
  case shell(String)
  case pager(Bool)

  struct Failure: Error, Hashable {
    let message: String
  }

  /// Names in the order of help, with what follows them and what they do.
  static let usages: [(name: String, arguments: String, summary: String)] = [
    ("\\?", "", "show this list"),
    ("\\h", "[COMMAND]", "help on a command, as help does"),
    ("\\format", "text|json|csv|markdown", "choose how results are written"),
    ("\\i", "FILE", "run the commands of a file"),
    ("\\o", "[FILE]", "send results to a file, or to the screen again"),
    ("\\pset", "pager on|off", "choose whether long results go through a pager"),
    ("\\q", "", "leave; Ctrl-D does too"),
    ("\\s", "", "show the history"),
    ("\\timing", "[on|off]", "say how long every command took"),
    ("\\x", "[on|off|auto]", "write tables as records, a field a line"),
    ("\\!", "COMMAND", "run a command of the shell"),
  ]

  /// - Precondition: The line starts with a backslash, after spaces.
  init(_ line: String) throws(Failure) {
    let words = line.split { $0.isWhitespace }
    let name = words.first.map(String.init) ?? ""
    // The rest as it stands: file names and shell commands hold spaces.
    let rest = words.first.map { line[$0.endIndex...].trimmed } ?? ""
    switch name {
    case "\\q", "\\quit": self = .quit
    case "\\?": self = .help
    case "\\h", "\\help": self = .topic(rest)
    case "\\timing": self = .timing(try Self.toggle(rest, name))
    case "\\x": self = .expansion(try Self.optional(rest, name))
    case "\\format":
      guard let format = OutputFormat(rawValue: rest) else {
        throw Self.expected(OutputFormat.allCases.map(\.rawValue), after: name, found: rest)
      }
      self = .format(format)
    case "\\o": self = .output(rest.isEmpty ? nil : rest)
    case "\\i":
      guard !rest.isEmpty else { throw Failure(message: "\\i: expected the name of a file") }
      self = .include(rest)
    case "\\s": self = .history
    case "\\pset":
      guard words.count == 3, words[1] == "pager", let on = try Self.toggle("\(words[2])", name)
      else { throw Failure(message: "\\pset: expected pager on or pager off") }
      self = .pager(on)
    case let name where name.hasPrefix("\\!"):
      let command = line.trimmed.dropFirst(2).trimmed
      guard !command.isEmpty else { throw Failure(message: "\\!: expected a command") }
      self = .shell(command)
    default: throw Self.unknown(name)
    }
  }

  private static func toggle(_ text: String, _ name: String) throws(Failure) -> Bool? {
    switch text {
    case "": nil
    case "on": true
    case "off": false
    default: throw expected(["on", "off"], after: name, found: text)
    }
  }

  private static func optional(
    _ text: String, _ name: String
  ) throws(Failure) -> TextStyle.Expansion? {
    guard !text.isEmpty else { return nil }
    guard let value = TextStyle.Expansion(rawValue: text) else {
      throw expected(TextStyle.Expansion.allCases.map(\.rawValue), after: name, found: text)
    }
    return value
  }

  private static func expected(_ names: [String], after name: String, found: String) -> Failure {
    let nearest = names.nearest(to: found).map { "; did you mean \($0)?" } ?? ""
    let what = found.isEmpty ? "nothing" : "\"\(found.safe)\""
    return Failure(
      message: "\(name): expected one of \(names.joined(separator: ", ")), found \(what)\(nearest)")
  }

  private static func unknown(_ name: String) -> Failure {
    let nearest = usages.map(\.name).nearest(to: name)
    return Failure(
      message: "there is no command \(name.safe); "
        + (nearest.map { "did you mean \($0)?" } ?? "\\? lists them"))
  }
}

extension StringProtocol {
  /// The text without spaces at either end.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// The text without spaces at its end.
  var trimmedAtEnd: String {
    lastIndex { !$0.isWhitespace }.map { String(self[...$0]) } ?? ""
  }
}
