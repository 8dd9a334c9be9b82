import ClientProtocol
import JSON
import PluginProtocol

/// The words and parameters of a built-in command, checked against its declaration.
struct BuiltInArguments {
  let command: BuiltIn
  let words: [CommandLine.Token]
  let nameRange: Range<Int>?
  private var values: [String: JSONValue] = [:]
  private(set) var ranges: [String: Range<Int>] = [:]

  /// - Throws: The first problem of the line, with all of them among its problems.
  init(_ command: BuiltIn, _ line: CommandLine) throws(CommandFailure) {
    self.command = command
    words = line.words
    nameRange = line.name?.range
    var problems: [CommandFailure] = []
    for parameter in line.parameters {
      let key = parameter.key.text
      guard let declaration = command.parameters.first(where: { $0.name == key }) else {
        problems.append(
          .unknownParameter(
            key, of: command.rawValue, at: parameter.key.range,
            among: command.parameters.map(\.name)))
        continue
      }
      ranges[key] = parameter.value.range
      do {
        values[key] = try declaration.value(parsing: parameter.value.text)
      } catch {
        problems.append(
          .impossible(error, at: parameter.value.range, choices: declaration.choices))
      }
    }
    if let failure = problems.combined { throw failure }
  }

  subscript(key: String) -> JSONValue? {
    values[key] ?? command.parameters.first { $0.name == key }?.default
  }

  /// The one word the command takes; what it should be is said when it is missing.
  func onlyWord(_ expected: String) throws(CommandFailure) -> CommandLine.Token {
    guard let word = words.first else {
      throw .usage("\(command.rawValue) needs \(expected)", at: nameRange, expected: command.usage)
    }
    try refuseWords(after: 1)
    return word
  }

  /// The one word the command may take, of a few.
  func optionalWord(_ choices: [String]) throws(CommandFailure) -> String? {
    guard let word = words.first else { return nil }
    guard choices.contains(word.text) else { throw misplaced(word, choices: choices) }
    try refuseWords(after: 1)
    return word.text
  }

  func refuseWords(after count: Int = 0) throws(CommandFailure) {
    if words.count > count { throw misplaced(words[count], choices: []) }
  }

  private func misplaced(_ word: CommandLine.Token, choices: [String]) -> CommandFailure {
    .usage(
      "\(command.rawValue) has no use for \(word.text.commandToken)", at: word.range,
      expected: command.usage, nearest: choices.nearest(to: word.text))
  }
}
