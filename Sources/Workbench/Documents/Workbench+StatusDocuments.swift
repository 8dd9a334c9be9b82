import ClientProtocol
import JSON
import PluginHost
import PluginProtocol
import Store

extension Workbench {
  func statusDocument() throws(CommandFailure) -> ResultDocument {
    let counts: [RunState: Int]
    do {
      counts = try store.runCounts()
    } catch {
      throw CommandFailure(error)
    }
    let uptime = (ContinuousClock.now - startedAt).seconds
    var document = ResultDocument(
      .status, title: registry.isStopping ? "doubletd is stopping" : "doubletd is running")
    document.add(
      "daemon", "Daemon",
      [.init("property", "Property"), .init("value", "Value")],
      [
        ["up", .string("\(Int(uptime)) s")],
        ["runs under way", .count(registry.count)],
        ["submitted runs in line", .count(slots.waiting)],
        ["data sets", .count(try shelf.all().count)],
        ["plugins", .count(Set(commands.analyses.map(\.plugin)).count)],
        ["plugin folders", .string(host.folders.joined(separator: ", "))],
        ["database", .string(store.path)],
        ["sandbox", .string(host.sandbox.sentence)],
        ["limits", .string(host.limits.sentence)],
        ["runs a crash had left open", .count(store.interruptedRuns)],
      ])
    document.add(
      "runs", "Runs by state", [.init("state", "State"), .init("runs", "Runs", .count)],
      RunState.allCases.compactMap { state in
        counts[state].map { [.string(state.rawValue), .count($0)] }
      })
    for (id, failure) in registry.unclosed.sorted(by: { $0.key < $1.key }) {
      document.warn("run.unclosed", "the end of run \(id) is not recorded: \(failure.message)")
    }
    return document
  }

  /// Everything a client can complete.
  func catalog() throws(CommandFailure) -> JSONValue {
    let runs = try records(limit: 50)
    let document = CatalogDocument(
      commands: commands.declarations, datasets: try shelf.names(),
      runs: runs.map(\.id.description),
      plugins: Set(commands.analyses.map(\.plugin)).sorted(),
      figures: figures.names(of: runs, in: store))
    do {
      return try JSONValue(encoding: document)
    } catch {
      throw CommandFailure(.internal, "the catalog cannot be written: \(error)")
    }
  }
}

extension Workbench {
  /// The plugins, what they offer and how their processes do; after a reload, those it changed.
  func pluginsDocument(after report: ReloadReport? = nil) -> ResultDocument {
    let catalog = host.catalog
    let states = Dictionary(uniqueKeysWithValues: host.status().map { ($0.id, $0) })
    var document = ResultDocument(.plugins, title: counted(catalog.plugins.count, "plugin"))
    document.add(
      "plugins", "Plugins",
      [
        .init("plugin", "Plugin"), .init("version", "Version"), .init("state", "State"),
        .init("restarts", "Deaths", .count), .init("analyses", "Analyses"),
        .init("summary", "Summary"), .init("folder", "From"),
      ],
      catalog.plugins.filter { report?.concerns($0.id) ?? true }.map { plugin in
        let status = states[plugin.id]
        return [
          .string(plugin.id), .string(plugin.manifest.version),
          .string(status?.words ?? plugin.manifest.engine.map { "served by \($0)" } ?? ""),
          status.map { .count($0.restarts) } ?? .null,
          .string(plugin.manifest.analyses.map(\.name).joined(separator: " ")),
          .string(plugin.manifest.summary), .string(plugin.folder),
        ]
      })
    if report == nil {
      document.note("plugins.sandbox", host.sandbox.sentence)
      document.note("plugins.limits", host.limits.sentence)
    }
    for status in host.status() {
      guard let failure = status.lastFailure else { continue }
      document.warn("plugin.failure", "the last failure: \(failure)")
    }
    if let report {
      document.add(report)
    } else {
      for problem in host.problems { document.warn("plugins.problem", problem.description) }
    }
    for plugin in report?.kept ?? host.kept {
      document.warn("plugins.kept", Self.keptSentence(plugin))
    }
    return document
  }
}

extension PluginStatus {
  fileprivate var words: String {
    switch state {
    case .stopped: "ready"
    case .warm(let count): "warm, \(counted(count, "process", "processes"))"
    case .running(let count): "at work, \(counted(count, "process", "processes"))"
    case .heldBack(let remaining, let reason):
      "held back for \(Int(remaining.seconds.rounded(.up))) s: \(reason)"
    }
  }
}

extension ReloadReport {
  fileprivate func concerns(_ plugin: String) -> Bool {
    added.contains(plugin) || changed.contains(plugin) || kept.contains(plugin)
  }
}

extension ResultDocument {
  fileprivate mutating func add(_ report: ReloadReport) {
    let changes = [
      ("added", report.added), ("changed", report.changed), ("removed", report.removed),
    ]
    for (change, plugins) in changes where !plugins.isEmpty {
      note("plugins.\(change)", "\(change): \(plugins.joined(separator: ", "))")
    }
    for problem in report.problems { warn("plugins.problem", problem.description) }
    if changes.allSatisfy(\.1.isEmpty), report.problems.isEmpty {
      note("plugins.unchanged", "nothing has changed")
    }
  }
}
