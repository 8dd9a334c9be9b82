import ClientProtocol
import PluginProtocol

/// Every command there is at one moment, by name: one table for parsing, help and completion.
struct CommandTable: Sendable {
  /// An analysis and the plugin that declares it.
  struct Analysis: Sendable, Hashable {
    var plugin: String
    var declaration: AnalysisDeclaration
  }

  enum Command: Sendable {
    case builtIn(BuiltIn)
    case analysis(Analysis)
  }

  /// In the order of their names.
  let analyses: [Analysis]
  private let byName: [String: Analysis]

  /// A built-in command wins over an analysis of its name, and an earlier plugin over a later one.
  init(_ declared: [Analysis]) {
    byName = Dictionary(
      declared.filter { BuiltIn(rawValue: $0.declaration.name) == nil }
        .map { ($0.declaration.name, $0) }
    ) { first, _ in first }
    analyses = byName.values.sorted { $0.declaration.name < $1.declaration.name }
  }

  subscript(name: String) -> Command? {
    BuiltIn(rawValue: name).map { .builtIn($0) } ?? byName[name].map { .analysis($0) }
  }

  func analysis(_ name: String) -> Analysis? { byName[name] }

  var names: [String] {
    BuiltIn.allCases.map(\.rawValue) + analyses.map(\.declaration.name)
  }

  var declarations: [CommandDeclaration] {
    BuiltIn.allCases.map(\.declaration) + analyses.map(\.command)
  }

  func command(_ name: CommandLine.Token) throws(CommandFailure) -> Command {
    guard let command = self[name.text] else {
      throw .unknownCommand(name, nearest: names.nearest(to: name.text))
    }
    return command
  }
}

extension CommandTable.Analysis {
  var parameters: [ParameterDeclaration] {
    declaration.parameters + CommonParameters.of(declaration)
  }

  /// How it is typed: what it takes as bare words, then its parameters.
  var usage: String {
    let words = declaration.parameters.filter(\.positional).map(\.word)
    let dataset = declaration.data == .none ? [] : ["DATASET"]
    let positional = (dataset + words).joined(separator: "|")
    let parameters = declaration.parameters.filter { !$0.positional }.map(\.usage)
    let bare = declaration.data == .required ? positional : "[\(positional)]"
    return ([declaration.name] + (positional.isEmpty ? [] : [bare]) + parameters)
      .joined(separator: " ")
  }

  var command: CommandDeclaration {
    CommandDeclaration(
      name: declaration.name, summary: declaration.summary, usage: usage, plugin: plugin,
      data: declaration.data, parameters: parameters, examples: declaration.examples,
      words: (declaration.data == .none ? [] : ["dataset"])
        + declaration.parameters.filter(\.positional).flatMap(\.choices))
  }
}

extension ParameterDeclaration {
  /// What stands for a value of it in a usage line.
  fileprivate var word: String {
    switch type {
    case .ratio: "X/N"
    case .choice: choices.joined(separator: "|")
    default: name.uppercased()
    }
  }

  fileprivate var usage: String {
    let value =
      switch type {
      case .ratio: "X/N"
      case .choice where choices.count <= 4: choices.joined(separator: "|")
      case .choice: "CHOICE"
      case .flag: "yes|no"
      case .count, .integer: "N"
      case .number: "X"
      case .probability: "P"
      case .duration: "DURATION"
      case .text: definitionPrefix == nil ? definitionKind?.uppercased() ?? "TEXT" : "TEXT"
      case .condition: "CONDITION"
      }
    return required ? "\(name)=\(value)" : "[\(name)=\(value)]"
  }
}
