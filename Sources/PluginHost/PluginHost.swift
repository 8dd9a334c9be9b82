import Glibc
package import JSON
package import Logging
package import PluginProtocol
import Synchronization

/// Finds plugins, starts their processes, speaks to them, keeps them within their limits and ends
/// them.
///
/// Every request gets exactly one answer, whatever the plugin does. A plugin that crashes, hangs,
/// floods or lies costs its own run and nothing else.
package final class PluginHost: Sendable {
  struct State {
    var catalog = PluginCatalog()
    var pools: [String: PluginPool] = [:]
    /// Pools of plugins that were changed or removed, until their last process is gone.
    var retired: [PluginPool] = []
    /// What was wrong with folders of plugins when they were last read.
    var problems: [ManifestProblem] = []
    /// Fingerprints of definitions and the engines that found nothing wrong with them.
    var checked: Set<[String]> = []
    var isShuttingDown = false
  }

  package let settings: PluginHostSettings
  /// Where plugins are looked for, in this order.
  package let folders: [String]
  let log: Logger
  let state = Mutex(State())
  let reader = CatalogReader()

  /// A host with an empty catalog; ``reload(checkingDefinitions:)`` fills it.
  ///
  /// The process ignores SIGPIPE from now on: a plugin may die at any moment, and with it the
  /// reading end of its pipe.
  package init(settings: PluginHostSettings, folders: [String], log: Logger) {
    _ = signal(SIGPIPE, SIG_IGN)
    self.settings = settings
    self.folders = folders
    self.log = log
  }

  /// What can be run; read without waiting.
  package var catalog: PluginCatalog { state.withLock { $0.catalog } }

  /// Runs an analysis.
  ///
  /// Cancelling the task cancels the run: the caller is answered at once with
  /// ``PluginFailure/cancelled``, and the plugin has a moment to stop before it is made to.
  ///
  /// A declarative plugin is served by its engine; definitions that parameters name go with the
  /// request. `progress` is called on a thread of the host's, which must not be kept waiting.
  ///
  /// The run may have the host run other analyses inside it, which end with it.
  package func run(
    _ request: RunRequest, plugin: String,
    progress: (@Sendable (RunProgress) -> Void)? = nil
  ) async throws(PluginFailure) -> PluginAnswer {
    let link = CallChain.Link(plugin: plugin, analysis: request.analysis)
    return try await run(
      request, plugin: plugin, inside: CallChain(links: [link]), progress: progress)
  }

  /// Runs an analysis that is the last of a chain.
  func run(
    _ request: RunRequest, plugin: String, inside chain: CallChain,
    progress: (@Sendable (RunProgress) -> Void)?
  ) async throws(PluginFailure) -> PluginAnswer {
    let catalog = self.catalog
    guard let installed = catalog.plugin(plugin) else { throw .unknownPlugin(plugin) }
    var request = request
    if installed.isDeclarative, request.definition == nil {
      request.definition = installed.manifest.definition
    }
    if request.installed == nil, let analysis = catalog.analysis(request.analysis)?.analysis {
      let all = catalog.installed(for: analysis).compactMap { plugin in
        plugin.manifest.definition.map { (plugin.id, $0) }
      }
      request.installed = all.isEmpty ? nil : Dictionary(uniqueKeysWithValues: all)
    }
    if request.definitions == nil, let analysis = catalog.analysis(request.analysis)?.analysis {
      let named = catalog.definitions(named: request.parameters.object, in: analysis)
        .compactMapValues(\.manifest.definition)
      request.definitions = named.isEmpty ? nil : named
    }
    return try await perform(
      PluginJob(
        method: "run", parameters: request.json, progress: progress,
        innerRuns: InnerRuns(self, of: request, inside: chain)),
      by: installed.manifest.engine ?? plugin)
  }

  /// Joins the partial results of a sharded run.
  package func merge(
    partials: [JSONValue], plugin: String
  ) async throws(PluginFailure) -> PluginAnswer {
    guard let installed = catalog.plugin(plugin) else { throw .unknownPlugin(plugin) }
    return try await perform(
      PluginJob(method: "merge", parameters: ["partials": .array(partials)]),
      by: installed.manifest.engine ?? plugin)
  }

  /// Asks an engine what is wrong with the definition of a declarative plugin.
  package func check(
    definition: JSONObject, engine: String
  ) async throws(PluginFailure) -> [Diagnostic] {
    let answer = try await perform(
      PluginJob(method: "check", parameters: ["definition": .object(definition)]), by: engine)
    do {
      return try [Diagnostic](json: JSONValue(parsing: answer.result))
    } catch {
      throw .protocolViolation(plugin: engine, .badAnswer("diagnostics"))
    }
  }

  /// What was wrong with folders of plugins when they were last read.
  package var problems: [ManifestProblem] { state.withLock { $0.problems } }

  private func perform(
    _ job: PluginJob, by plugin: String
  ) async throws(PluginFailure) -> PluginAnswer {
    if Task.isCancelled { throw .cancelled }
    // A pool refuses only while a reload puts another in its place.
    while !(try pool(of: plugin)).submit(job) {}
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { job.await($0) }
    } onCancel: {
      job.giveUp(.cancelled)
    }
    return try outcome.get()
  }

  private func pool(of plugin: String) throws(PluginFailure) -> PluginPool {
    try state.withLock { state throws(PluginFailure) in
      if state.isShuttingDown { throw .shuttingDown }
      guard let pool = state.pools[plugin] else { throw .unknownPlugin(plugin) }
      return pool
    }
  }

  /// What every plugin that has processes of its own is doing, by id.
  package func status() -> [PluginStatus] {
    state.withLock { Array($0.pools.values) }.map(\.status).sorted { $0.id < $1.id }
  }

  /// Gives up what is running, refuses what comes, and returns when the last process is gone.
  package func shutdown() async {
    let pools = state.withLock { state in
      state.isShuttingDown = true
      return Array(state.pools.values) + state.retired
    }
    await withTaskGroup(of: Void.self) { group in
      for pool in pools { group.addTask { await pool.shutDown() } }
    }
  }
}
