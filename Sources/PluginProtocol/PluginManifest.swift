/// What a plugin declares of itself in `plugin.toml`: the single source for help, completion and
/// validation.
///
/// The host never starts a process to learn what it has.
public struct PluginManifest: Sendable, Codable, Hashable {
  public var id: String
  public var version: String
  /// The version of the plugin protocol it speaks.
  public var `protocol`: Int
  public var summary: String
  /// Program and arguments; empty for a declarative plugin.
  public var run: [String]
  /// The plugin that serves a declarative one.
  public var engine: String?
  public var analyses: [AnalysisDeclaration]
  /// The `[definition]` of a declarative plugin.
  public var definition: JSONObjectBox?

  public init(
    id: String, version: String, protocol: Int = 1, summary: String, run: [String],
    engine: String? = nil, analyses: [AnalysisDeclaration], definition: JSONObjectBox? = nil
  ) {
    self.id = id
    self.version = version
    self.protocol = `protocol`
    self.summary = summary
    self.run = run
    self.engine = engine
    self.analyses = analyses
    self.definition = definition
  }
}

/// One analysis a plugin offers.
public struct AnalysisDeclaration: Sendable, Codable, Hashable {
  /// Whether the analysis reads a data set.
  public enum DataUse: String, Sendable, Codable, CaseIterable {
    case none, optional, required
  }

  public var name: String
  public var summary: String
  public var data: DataUse
  public var parameters: [ParameterDeclaration]
  /// What a run may be split by, such as `replicates`.
  public var shards: String?
  /// Kinds of definitions, such as `regimen`, of which every installed one travels with a run.
  public var definitions: [String]
  /// The analyses a run of it may have the host run.
  public var calls: [String]
  /// Command lines that show the analysis at work.
  public var examples: [String]

  public init(
    name: String, summary: String, data: DataUse = .none, parameters: [ParameterDeclaration] = [],
    shards: String? = nil, definitions: [String] = [], calls: [String] = [],
    examples: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.data = data
    self.parameters = parameters
    self.shards = shards
    self.definitions = definitions
    self.calls = calls
    self.examples = examples
  }
}
