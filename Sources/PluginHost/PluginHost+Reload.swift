import Logging
import PluginProtocol
import Synchronization

extension PluginHost {
  /// Reads the plugin folders anew and puts what is good in force.
  ///
  /// A folder with a problem keeps the form it had before, if any. Runs in progress go on with the
  /// plugin they began with. Holds are lifted.
  ///
  /// Where `checkingDefinitions` is true, engines are asked about new definitions, which may start
  /// their processes.
  @discardableResult
  package func reload(checkingDefinitions: Bool = true) async -> ReloadReport {
    let before = catalog
    let found = reader.scan(folders, settings: settings)
    var admission = Admission(before: before, reserved: settings.reservedNames)
    for folder in found where !folder.isDeclarative { admission.admit(folder) }
    apply(admission.plugins + before.plugins.filter { $0.isDeclarative })
    for folder in found where folder.isDeclarative {
      var diagnostics: [Diagnostic] = []
      if checkingDefinitions, let plugin = folder.plugin {
        diagnostics = await self.diagnostics(of: plugin)
      }
      admission.admit(folder, diagnostics)
    }
    apply(admission.plugins)
    state.withLock { [problems = admission.problems] in $0.problems = problems }
    for problem in admission.problems { log.warning("\(problem)") }
    return report(before, admission)
  }

  private func report(_ before: PluginCatalog, _ admission: Admission) -> ReloadReport {
    var report = ReloadReport()
    report.plugins = admission.plugins.map(\.id).sorted()
    report.problems = admission.problems
    report.kept = Self.kept(admission.plugins, admission.problems)
    for plugin in admission.plugins.sorted(by: { $0.id < $1.id }) {
      guard let old = before.plugin(plugin.id) else {
        report.added.append(plugin.id)
        continue
      }
      if old != plugin { report.changed.append(plugin.id) }
    }
    report.removed = before.plugins.map(\.id).filter { !report.plugins.contains($0) }
    return report
  }

  private static func kept(
    _ plugins: [InstalledPlugin], _ problems: [ManifestProblem]
  ) -> [String] {
    guard !problems.isEmpty else { return [] }
    return plugins.filter { plugin in problems.contains { $0.file.hasPrefix(plugin.folder + "/") } }
      .map(\.id).sorted()
  }

  /// The plugins that are in force in an earlier form than the one in their folder.
  package var kept: [String] { Self.kept(catalog.plugins, problems) }

  /// Puts plugins in force; those that are as before keep their warm processes.
  private func apply(_ plugins: [InstalledPlugin]) {
    let leaving = state.withLock { state in
      state.catalog = PluginCatalog(plugins, number: state.catalog.number + 1)
      guard !state.isShuttingDown else { return [PluginPool]() }
      var pools: [String: PluginPool] = [:]
      for plugin in plugins where !plugin.isDeclarative {
        if let pool = state.pools[plugin.id], pool.plugin == plugin {
          pool.pardon()
          pools[plugin.id] = pool
        } else {
          pools[plugin.id] = PluginPool(plugin: plugin, settings: settings)
        }
      }
      let leaving = state.pools.values.filter { pools[$0.plugin.id] !== $0 }
      state.pools = pools
      state.retired = state.retired.filter { !$0.isGone } + leaving
      return leaving
    }
    for pool in leaving { pool.retire() }
  }

  /// What the engine says of a declarative plugin's definition, unless it has said so before.
  private func diagnostics(of plugin: InstalledPlugin) async -> [Diagnostic] {
    guard let engine = plugin.manifest.engine, let definition = plugin.manifest.definition else {
      return []
    }
    guard let server = catalog.plugin(engine), !server.isDeclarative else {
      return [Diagnostic(keyPath: "engine", message: "no engine is called \"\(engine)\"")]
    }
    let pair = [plugin.fingerprint, server.fingerprint]
    if state.withLock({ $0.checked.contains(pair) }) { return [] }
    do throws(PluginFailure) {
      let diagnostics = try await check(definition: definition.object, engine: engine)
      if diagnostics.isEmpty { state.withLock { _ = $0.checked.insert(pair) } }
      return diagnostics
    } catch {
      return [Diagnostic(keyPath: "definition", message: "not checked: \(error)")]
    }
  }
}

extension CatalogReader.Found {
  /// Whether the folder declares an engine rather than a program.
  var isDeclarative: Bool { plugin?.isDeclarative ?? (manifest.manifest?.engine != nil) }
}

/// Decides which plugins come into force.
private struct Admission {
  let before: PluginCatalog
  let reserved: Set<String>
  private(set) var plugins: [InstalledPlugin] = []
  private(set) var problems: [ManifestProblem] = []
  private var ids: [String: String] = [:]
  private var analyses: [String: String] = [:]

  init(before: PluginCatalog, reserved: Set<String>) {
    self.before = before
    self.reserved = reserved
  }

  mutating func admit(_ found: CatalogReader.Found) {
    problems += found.problems
    if let plugin = found.plugin, take(plugin, found) { return }
    keepOld(found)
  }

  /// Admits a declarative plugin unless its engine found something wrong.
  mutating func admit(_ found: CatalogReader.Found, _ diagnostics: [Diagnostic]) {
    problems += found.problems
    if var plugin = found.plugin {
      let wrong = diagnostics.map { diagnostic in
        ManifestProblem(
          file: found.file, line: found.manifest.line(ofKeyPath: diagnostic.keyPath),
          message: "\(diagnostic.keyPath): \(diagnostic.message)")
      }
      problems += wrong.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
      inheritAnalysis(&plugin)
      if diagnostics.isEmpty, take(plugin, found) { return }
    }
    keepOld(found)
  }

  /// A folder with a problem keeps the form it had before.
  private mutating func keepOld(_ found: CatalogReader.Found) {
    guard let old = before.plugins.first(where: { $0.folder == found.folder }) else { return }
    _ = take(old, nil)
  }

  /// A declarative plugin without analyses of its own is a command of its own name, with the
  /// parameters its engine declares for the analysis named like the engine.
  ///
  /// The one that names a definition of the plugin's own kind is left out: the plugin is what it
  /// would name.
  private func inheritAnalysis(_ plugin: inout InstalledPlugin) {
    guard plugin.manifest.analyses.isEmpty, let engine = plugin.manifest.engine,
      var template = plugins.first(where: { $0.id == engine })?.manifest.analyses
        .first(where: { $0.name == engine })
    else { return }
    template.name = plugin.id
    template.summary = plugin.manifest.summary
    template.examples = []
    template.parameters.removeAll {
      $0.definitionKind != nil && $0.definitionKind == plugin.definitionKind
    }
    plugin.manifest.analyses = [template]
  }

  /// Takes a plugin whose names are free; says what is wrong where `found` is given.
  private mutating func take(_ plugin: InstalledPlugin, _ found: CatalogReader.Found?) -> Bool {
    if let owner = ids[plugin.id] {
      note(found, "id", "the id \"\(plugin.id)\" is taken by \(owner)")
      return false
    }
    var isFree = true
    for (index, analysis) in plugin.manifest.analyses.enumerated() {
      let owner = reserved.contains(analysis.name) ? "a command" : analyses[analysis.name]
      guard let owner else { continue }
      note(found, "analysis.\(index).name", "the name \"\(analysis.name)\" is taken by \(owner)")
      isFree = false
    }
    guard isFree else { return false }
    ids[plugin.id] = plugin.folder
    for analysis in plugin.manifest.analyses { analyses[analysis.name] = plugin.folder }
    plugins.append(plugin)
    return true
  }

  private mutating func note(_ found: CatalogReader.Found?, _ keyPath: String, _ message: String) {
    guard let found else { return }
    problems.append(
      ManifestProblem(
        file: found.file, line: found.manifest.line(ofKeyPath: keyPath), message: message))
  }
}
