package import PluginProtocol

/// A command as help and completion know it, built in or declared by a plugin.
package struct CommandDeclaration: Sendable, Codable, Hashable {
  package var name: String
  package var summary: String
  /// How it is typed, such as `import PATH… as NAME [map=FILE]`.
  package var usage: String
  /// The plugin that declares it; nil for a built-in command.
  package var plugin: String?
  package var data: AnalysisDeclaration.DataUse
  package var parameters: [ParameterDeclaration]
  package var examples: [String]
  /// What a bare word may name, for completion: `dataset`, `run`, `plugin`, `command`, `path`,
  /// `figure`, or one of the choices given as `a|b`.
  package var words: [String]

  package init(
    name: String, summary: String, usage: String, plugin: String? = nil,
    data: AnalysisDeclaration.DataUse = .none, parameters: [ParameterDeclaration] = [],
    examples: [String] = [], words: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.usage = usage
    self.plugin = plugin
    self.data = data
    self.parameters = parameters
    self.examples = examples
    self.words = words
  }
}

/// Everything a client can complete, answered by the method `catalog`.
package struct CatalogDocument: Sendable, Codable, Hashable {
  package var commands: [CommandDeclaration]
  package var datasets: [String]
  /// The latest runs, newest first.
  package var runs: [String]
  package var plugins: [String]
  /// The names of the figures of those of the latest runs that have any, by run.
  package var figures: [String: [String]]?

  package init(
    commands: [CommandDeclaration], datasets: [String], runs: [String], plugins: [String],
    figures: [String: [String]]? = nil
  ) {
    self.commands = commands
    self.datasets = datasets
    self.runs = runs
    self.plugins = plugins
    self.figures = figures
  }
}
