public import JSON
public import PluginProtocol

/// An analysis the host can run.
///
/// A conforming type is the whole of a plugin: mark it `@main`, and ``main()`` greets the host,
/// reads each request, runs the analysis and answers. Standard output is free for `print`: what a
/// plugin prints becomes the log of the run.
///
/// ```swift
/// @main struct Mean: AnalysisPlugin {
///   static let identity = PluginIdentity(id: "mean", version: "1.0.0")
///
///   func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
///     let count = try request.values.ratio("responders")
///     ...
///   }
/// }
/// ```
public protocol AnalysisPlugin: Sendable {
  static var identity: PluginIdentity { get }

  init()

  /// Runs an analysis once.
  ///
  /// The plugin's name and version, the parameters and the seed are filled in where the document
  /// leaves them out.
  ///
  /// - Throws: `Refusal` where the input is at fault; the host shows its message and points at the
  ///   parameter it names. Any other error becomes a refusal with the error's description.
  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument

  /// Runs one shard of a sharded analysis and returns a partial result for ``merge(_:)``.
  func runShard(
    _ request: RunRequest, shard: RunRequest.Shard, context: RunContext
  ) async throws -> JSONValue

  /// Joins partial results, in the order of their shards.
  func merge(_ partials: [JSONValue]) async throws -> ResultDocument

  /// Says what is wrong with the definition of a declarative plugin this engine is to serve.
  func check(_ definition: JSONObject) async throws -> [Diagnostic]
}

extension AnalysisPlugin {
  public func runShard(
    _ request: RunRequest, shard: RunRequest.Shard, context: RunContext
  ) async throws -> JSONValue {
    throw Refusal("analysis.shards", "\(request.analysis) cannot be run in shards")
  }

  public func merge(_ partials: [JSONValue]) async throws -> ResultDocument {
    throw Refusal("analysis.shards", "\(Self.identity.id) has no partial results to merge")
  }

  public func check(_ definition: JSONObject) async throws -> [Diagnostic] {
    [
      Diagnostic(
        keyPath: "engine", message: "\(Self.identity.id) does not serve declarative plugins")
    ]
  }

  /// Serves the host until it closes the connection.
  // `@main` does not find an inherited `nonisolated(nonsending)` main in Swift 6.3.
  @concurrent public static func main() async {
    await PluginServer(plugin: Self()).serve()
  }
}
