import ClientProtocol
import JSON
import PluginProtocol

/// Finds what the word at the cursor may become, from what the daemon says it can do.
struct CompletionEngine: Sendable {
  var catalog: CatalogDocument?
  /// The files whose path starts with a text, folders with a slash at their end.
  var files: @Sendable (String) -> [String] = { _ in [] }

  typealias Candidate = Completion.Candidate

  func complete(_ line: String) -> Completion {
    guard let context = CompletionContext(line) else { return .none }
    guard let name = context.name else {
      return Completion(context, candidates: firstWords(context), hint: [])
    }
    if name.hasPrefix("\\") {
      return Completion(context, candidates: backslashWords(name), hint: backslashHint(name))
    }
    guard let command = catalog?.commands.first(where: { $0.name == name }) else { return .none }
    if let key = context.key {
      let parameter = parameters(of: command).first { $0.name == key }
      return Completion(
        context, candidates: values(key, parameter, command, context.text),
        hint: parameter.map { [Self.hint($0)] } ?? [])
    }
    return Completion(
      context, candidates: bareWords(command, context), hint: Self.hint(command, context))
  }

  // MARK: Names

  private func firstWords(_ context: CompletionContext) -> [Candidate] {
    guard !context.text.hasPrefix("\\") else {
      return BackslashCommand.usages.map { Candidate($0.name, $0.arguments.isEmpty ? "" : " ") }
    }
    return ((catalog?.commands.map(\.name) ?? []) + ["quit", "exit"]).map { Candidate($0) }
  }

  private func backslashWords(_ name: String) -> [Candidate] {
    switch name {
    case "\\h", "\\help": (catalog?.commands.map(\.name) ?? []).map { Candidate($0) }
    case "\\i", "\\o": []
    case "\\pset": ["pager", "on", "off"].map { Candidate($0) }
    default:
      (BackslashCommand.usages.first { $0.name == name }?.arguments ?? "")
        .split { "[]| ".contains($0) }.map { Candidate(String($0)) }
    }
  }

  private func backslashHint(_ name: String) -> [String] {
    BackslashCommand.usages.filter { $0.name == name }.map {
      [$0.name, $0.arguments, $0.summary].joined(separator: "  ")
    }
  }

  // MARK: Bare words

  private func bareWords(_ command: CommandDeclaration, _ context: CompletionContext) -> [Candidate]
  {
    // The figure comes after its run.
    let kinds = command.words.filter { kind in
      !command.words.contains("figure") || (kind == "figure") == !context.words.isEmpty
    }
    let named = kinds.flatMap { words($0, context) }
    let datasets = command.data == .none ? [] : (catalog?.datasets ?? []).map { Candidate($0) }
    let positional = command.parameters.filter(\.positional).flatMap(\.choices).map {
      Candidate($0)
    }
    let keys = parameters(of: command).filter { !isGiven($0, context) }
      .map { Candidate($0.name, "=") }
    return named + datasets + positional + keys
  }

  /// Whether a parameter stands in the line already, by its name or as a bare word.
  private func isGiven(_ parameter: ParameterDeclaration, _ context: CompletionContext) -> Bool {
    context.keys.contains(parameter.name)
      || parameter.positional
        && context.words.contains { (try? parameter.value(parsing: $0)) != nil }
  }

  private func words(_ kind: String, _ context: CompletionContext) -> [Candidate] {
    switch kind {
    case "dataset": (catalog?.datasets ?? []).map { Candidate($0) }
    case "run": (catalog?.runs ?? []).map { Candidate($0) }
    case "plugin": (catalog?.plugins ?? []).map { Candidate($0) }
    case "analysis":
      (catalog?.commands ?? []).filter { $0.plugin != nil }.map { Candidate($0.name) }
    case "command": (catalog?.commands ?? []).map { Candidate($0.name) }
    case "path": paths(context.text)
    case "figure": figures(context.words.first)
    default: kind.split(separator: "|").map { Candidate(String($0)) }
    }
  }

  /// The figures of the run a line names.
  private func figures(_ run: String?) -> [Candidate] {
    guard let run, let catalog else { return [] }
    let number = run == "last" ? catalog.runs.first : run
    return (number.flatMap { catalog.figures?[$0] } ?? []).map { Candidate($0) }
  }

  private func paths(_ text: String) -> [Candidate] {
    files(text).map { Candidate($0, $0.hasSuffix("/") ? "" : " ") }
  }

  /// `set` takes every parameter there is.
  private func parameters(of command: CommandDeclaration) -> [ParameterDeclaration] {
    guard command.name == "set" else { return command.parameters }
    var seen = Set<String>()
    return (catalog?.commands ?? []).flatMap(\.parameters).filter { seen.insert($0.name).inserted }
  }

  // MARK: Values

  private func values(
    _ key: String, _ parameter: ParameterDeclaration?, _ command: CommandDeclaration, _ text: String
  ) -> [Candidate] {
    let declared = parameter?.choices ?? []
    let all = (declared + alternatives(key, command.usage)).flatMap { expanded($0, text) }
    let flags = parameter?.type == .flag ? ["yes", "no"].map { Candidate($0) } : []
    // A text may be a list: what stands before the last comma stays.
    guard parameter?.type == .text, let comma = text.lastIndex(of: ",") else { return all + flags }
    let head = text[...comma]
    return all.map { Candidate(head + $0.text, $0.suffix) }
  }

  private func expanded(_ choice: String, _ text: String) -> [Candidate] {
    switch choice {
    case "FILE", "PATH", "DIR": paths(text)
    case "plugin:", "plugin:NAME": (catalog?.plugins ?? []).map { Candidate("plugin:" + $0) }
    case "dataset:", "dataset:NAME": (catalog?.datasets ?? []).map { Candidate("dataset:" + $0) }
    case let name where name.hasSuffix(":NAME"): [Candidate(String(name.dropLast(4)), "")]
    case let name where name.hasSuffix(":"): [Candidate(name, "")]
    case let name where name.contains(where: \.isUppercase): []
    default: [Candidate(choice)]
    }
  }

  /// What a usage line such as `[map=FILE] [impute=first|last]` says of one parameter.
  private func alternatives(_ key: String, _ usage: String) -> [String] {
    let words = usage.split { " []".contains($0) }
    guard let word = words.first(where: { $0.hasPrefix(key + "=") }) else { return [] }
    let choices = word.dropFirst(key.count + 1).split(separator: "|").map(String.init)
    // A single value is an example or a default, unless it stands for a kind of thing.
    return choices.count > 1 || choices.first?.contains(where: \.isUppercase) == true ? choices : []
  }

  // MARK: Hints

  private static func hint(
    _ command: CommandDeclaration, _ context: CompletionContext
  ) -> [String] {
    guard context.text.isEmpty else { return [] }
    let next = command.parameters.first { $0.required && !context.keys.contains($0.name) }
    return [command.usage] + (next.map { [hint($0)] } ?? [])
  }

  private static func hint(_ parameter: ParameterDeclaration) -> String {
    let fallback = parameter.default.map { " (\($0.string ?? $0.text) unless given)" } ?? ""
    return "\(parameter.name)=: \(parameter.expectation)\(fallback). \(parameter.help)"
  }
}
