import ClientProtocol
import PluginProtocol

extension Session {
  /// Sets, clears or lists what the session supplies where a line is silent.
  ///
  /// All of a line or nothing: a value that no analysis would take sets none.
  func set(
    _ line: CommandLine, _ commands: CommandTable
  ) throws(CommandFailure) -> ResultDocument {
    var problems: [CommandFailure] = []
    if let word = line.words.first {
      problems.append(
        .usage(
          "set has no use for \(word.text.commandToken)", at: word.range,
          expected: BuiltIn.set.usage))
    }
    for parameter in line.parameters {
      if let problem = Self.problem(parameter, commands) { problems.append(problem) }
    }
    if let failure = problems.combined { throw failure }
    changeDefaults { defaults in
      for parameter in line.parameters {
        let value = parameter.value.text
        defaults.values[parameter.key.text] = value.isEmpty ? nil : value
      }
    }
    return .settings(defaults)
  }

  private static func problem(
    _ parameter: CommandLine.Parameter, _ commands: CommandTable
  ) -> CommandFailure? {
    let key = parameter.key.text
    let declared = commands.analyses.flatMap(\.declaration.parameters)
    if key == "dataset" {
      return .usage(
        "set does not choose the data set", at: parameter.key.range, expected: "use NAME")
    }
    let candidates = key == "seed" ? [CommonParameters.seed] : declared.filter { $0.name == key }
    guard let first = candidates.first else {
      var names: [String] = []
      for name in declared.map(\.name) + ["seed"] where !names.contains(name) { names.append(name) }
      return CommandFailure(
        .unknownParameter, "no analysis has a parameter \"\(key)\"", at: parameter.key.range,
        parameter: key, expected: "a parameter of an analysis", nearest: names.nearest(to: key))
    }
    let value = parameter.value.text
    if value.isEmpty || candidates.contains(where: { accepts($0, value) }) { return nil }
    do {
      if key == "seed" { _ = try CommonParameters.seed(value) }
      _ = try first.value(parsing: value)
      return nil
    } catch {
      return .impossible(error, at: parameter.value.range, choices: first.choices)
    }
  }

  private static func accepts(_ parameter: ParameterDeclaration, _ text: String) -> Bool {
    parameter.name == "seed"
      ? (try? CommonParameters.seed(text)) != nil : (try? parameter.value(parsing: text)) != nil
  }
}
