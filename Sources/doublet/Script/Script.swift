/// The commands of a script and the lines they start on.
struct Script: Hashable {
  struct Command: Hashable {
    let line: Int
    let text: String
  }

  /// What a person calls it: its path, or `stdin`.
  let name: String
  let commands: [Command]

  /// Cuts a text into commands; a `#!` line, comments and blank lines are none.
  init(name: String, text: String) {
    self.name = name
    var commands: [Command] = []
    var pending: Command?
    for (index, line) in Self.lines(text).enumerated() {
      let command: Command
      if let begun = pending {
        command = Command(line: begun.line, text: CommandText.joining(begun.text, line))
      } else {
        guard !CommandText.isBlank(line) else { continue }
        command = Command(line: index + 1, text: line)
      }
      let isWhole =
        CommandText.isBackslash(command.text)
        || CommandText.completeness(of: command.text) == .complete
      pending = isWhole ? nil : command
      if isWhole { commands.append(command) }
    }
    // The daemon says what is wrong with a quote that is never closed.
    if let pending { commands.append(pending) }
    self.commands = commands
  }

  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }
}
