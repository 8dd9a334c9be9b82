import ClientProtocol
import JSON
import PluginProtocol

extension ResultDocument {
  /// Every command with its one-line summary, by group.
  static func help(_ commands: CommandTable) -> Self {
    var document = Self(.help, title: "Commands")
    let columns: [Column] = [.init("command", "Command"), .init("summary", "Summary")]
    document.add(
      "analyses", "Analyses", columns,
      commands.analyses.map { [.string($0.declaration.name), .string($0.declaration.summary)] })
    var groups: [String] = []
    for command in BuiltIn.allCases where !groups.contains(command.group) {
      groups.append(command.group)
    }
    for group in groups {
      document.add(
        group.lowercased(), group, columns,
        BuiltIn.allCases.filter { $0.group == group }.map {
          [.string($0.rawValue), .string($0.summary)]
        })
    }
    document.note("help.topics", "help COMMAND says what a command takes")
    return document
  }

  /// One command: its usage, parameters and examples.
  static func help(_ command: CommandTable.Command) -> Self {
    let declaration: CommandDeclaration =
      switch command {
      case .builtIn(let command): command.declaration
      case .analysis(let analysis): analysis.command
      }
    var document = Self(.help, title: declaration.usage)
    document.parameters = JSONObjectBox(["topic": .string(declaration.name)])
    document.note("help.summary", declaration.summary)
    if case .builtIn(let command) = command {
      for paragraph in command.details { document.note("help.details", paragraph) }
    }
    if let plugin = declaration.plugin {
      document.note("help.plugin", "an analysis of the plugin \(plugin)")
    }
    if case .analysis(let analysis) = command, !analysis.declaration.calls.isEmpty {
      let calls = analysis.declaration.calls.joined(separator: ", ")
      document.note("help.calls", "it may run these analyses inside: \(calls)")
    }
    document.add(
      "parameters", "Parameters",
      [
        .init("parameter", "Parameter"), .init("accepts", "Accepts"),
        .init("default", "Default"), .init("help", "Meaning"),
      ],
      declaration.parameters.map(row))
    document.add(
      "examples", "Examples", [.init("example", "Example")],
      declaration.examples.map { [.string($0)] })
    return document
  }

  private static func row(_ parameter: ParameterDeclaration) -> [JSONValue] {
    var accepts = parameter.expectation
    if parameter.type == .text, parameter.definitionKind == nil, !parameter.choices.isEmpty {
      accepts += " such as " + parameter.choices.joined(separator: ", ")
    }
    let value: JSONValue =
      switch parameter.default {
      case .some(let value): .string(shown(value))
      case .none: parameter.required ? "required" : .null
      }
    return [.string(parameter.name), .string(accepts), value, .string(parameter.help)]
  }

  /// A value as one would type it.
  static func shown(_ value: JSONValue) -> String {
    if let events = value["events"]?.integer, let total = value["total"]?.integer {
      return "\(events)/\(total)"
    }
    if let flag = value.bool { return flag ? "yes" : "no" }
    return value.string ?? value.text
  }
}
