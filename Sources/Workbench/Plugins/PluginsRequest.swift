import ClientProtocol
import PluginProtocol

/// What a `plugins` line asks for.
enum PluginsRequest {
  case list, reload
  /// Examine the plugin in a folder, or an installed one by its id.
  case check(CommandLine.Token)
  case new(PluginScaffold.Kind, CommandLine.Token)

  var isNew: Bool { if case .new = self { true } else { false } }

  init(_ arguments: BuiltInArguments) throws(CommandFailure) {
    let words = arguments.words
    guard let first = words.first else {
      self = .list
      return
    }
    switch first.text {
    case "check":
      guard words.count > 1 else {
        throw .usage(
          "plugins check needs a folder", at: first.range, expected: "plugins check FOLDER")
      }
      try arguments.refuseWords(after: 2)
      self = .check(words[1])
    case "new": self = try Self.new(arguments)
    default:
      _ = try arguments.optionalWord(["reload", "check", "new"])
      self = .reload
    }
  }

  private static func new(_ arguments: BuiltInArguments) throws(CommandFailure) -> Self {
    let words = arguments.words
    let kinds = PluginScaffold.Kind.allCases.map(\.rawValue)
    guard words.count > 2 else {
      throw .usage(
        "plugins new needs a kind and a name", at: words[0].range,
        expected: "plugins new \(kinds.joined(separator: "|")) NAME [to=FOLDER]")
    }
    guard let kind = PluginScaffold.Kind(rawValue: words[1].text) else {
      throw .usage(
        "there is no kind of plugin \"\(words[1].text)\"", at: words[1].range,
        expected: "one of " + kinds.joined(separator: ", "),
        nearest: kinds.nearest(to: words[1].text))
    }
    try arguments.refuseWords(after: 3)
    return .new(kind, words[2])
  }
}
