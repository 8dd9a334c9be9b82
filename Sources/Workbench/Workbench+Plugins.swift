import ClientProtocol
import Crypto
import FoundationEssentials
import JSON
package import PluginHost
import PluginProtocol
import Store
import Synchronization

// Everything the workbench asks of the plugin host.
extension Workbench {
  /// The names of the built-in commands, which no analysis may take.
  package static var commandNames: [String] { BuiltIn.allCases.map(\.rawValue) }

  /// The commands there are now; every line asks for them, so a catalog's are made once.
  var commands: CommandTable {
    let catalog = host.catalog
    return commandTable.withLock { made in
      if let made, made.catalog == catalog.number { return made.table }
      let table = CommandTable(catalog)
      made = (catalog.number, table)
      return table
    }
  }

  /// The plugin that serves an analysis, as it is now.
  func plugin(_ id: String) throws(CommandFailure) -> PreparedRun.Plugin {
    guard let plugin = host.catalog.plugin(id) else {
      throw CommandFailure(.pluginFailed, "the plugin \(id) is gone")
    }
    return PreparedRun.Plugin(id: id, version: plugin.manifest.version, hash: plugin.fingerprint)
  }

  /// The plugin that serves a call, with the SHA-256 of all files its answer comes from: its own,
  /// its engine's, those of the declarative plugins that parameters name or that it is told of, and
  /// those of every plugin it may have the host run.
  ///
  /// - Throws: A failure that points at a name that is not installed.
  func plugin(
    of call: AnalysisCall, _ analysis: CommandTable.Analysis
  ) throws(CommandFailure) -> PreparedRun.Plugin {
    let catalog = host.catalog
    var plugin = try plugin(analysis.plugin)
    let named = catalog.definitions(named: call.parameters, in: analysis.declaration)
    for parameter in analysis.declaration.parameters {
      guard named[parameter.name] == nil,
        parameter.definitionName(in: call.parameters[parameter.name]) != nil,
        let name = call.parameters[parameter.name]?.string
      else { continue }
      throw .impossible(
        ParameterProblem(
          parameter: parameter.name, value: name, expected: parameter.expectation),
        at: call.ranges[parameter.name], choices: parameter.choices)
    }
    let engine = catalog.plugin(plugin.id)?.manifest.engine.flatMap(catalog.plugin)
    let others =
      [engine].compactMap(\.self) + named.sorted { $0.key < $1.key }.map(\.value)
      + catalog.installed(for: analysis.declaration)
    let hashes =
      [plugin.hash] + others.map(\.fingerprint) + catalog.hashes(calledBy: analysis.declaration)
    guard hashes.count > 1 else { return plugin }
    plugin.hash = SHA256.hash(data: Data(hashes.joined(separator: "\n").utf8)).hexadecimal
    return plugin
  }

  /// An answer with a warning where what computed it is not what is in its folder now.
  ///
  /// The result that is kept has none: it is what this form of the plugin answers.
  func warned(_ answer: [UInt8], of plugin: String) -> [UInt8] {
    let kept = host.kept
    guard !kept.isEmpty else { return answer }
    let served = [plugin, host.catalog.plugin(plugin)?.manifest.engine].compactMap(\.self)
    return served.filter(kept.contains).reduce(answer) { answer, plugin in
      ResultSplice.warning("plugins.kept", Self.keptSentence(plugin), addedTo: answer)
    }
  }

  static func keptSentence(_ plugin: String) -> String {
    "\(plugin) answers as it was before its last change: correct that, then plugins reload"
  }

  /// Reads the plugins' folders again.
  @discardableResult
  package func reload() async -> ReloadReport { await host.reload() }

  /// Has a plugin compute a run, and makes its result the document that is kept.
  func answer(of run: PreparedRun, _ active: ActiveRun) async -> Result<[UInt8], RunFailure> {
    do {
      let answer = try await answer(of: run) { active.report($0) }
      var part = run.daemonPart
      part.calls = answer.calls.sorted()
      return .success(try ResultSplice.document(answer.result, with: part))
    } catch let failure as PluginFailure {
      return .failure(RunFailure(failure, ending: active.ending))
    } catch {
      return .failure(
        RunFailure(
          CommandFailure(.pluginFailed, "\(run.plugin.id) gave no usable result: \(error)")))
    }
  }
}

extension CommandTable {
  fileprivate init(_ catalog: PluginCatalog) {
    self.init(
      catalog.plugins.flatMap { plugin in
        plugin.manifest.analyses.map {
          .init(plugin: plugin.manifest.id, declaration: $0.offering(catalog))
        }
      })
  }
}

extension PluginCatalog {
  /// What stands for the files of everything an analysis may have the host run.
  ///
  /// Which definitions a call names is not known before it is made, so all of their kind count; and
  /// what is not installed counts by its name, because its arrival can change the answer.
  fileprivate func hashes(calledBy analysis: AnalysisDeclaration) -> [String] {
    called(by: analysis).flatMap { name -> [String] in
      guard let (plugin, inner) = self.analysis(name) else { return ["no \(name)"] }
      let kinds = Set(inner.parameters.compactMap(\.definitionKind)).sorted()
      let engine = plugin.manifest.engine.flatMap(self.plugin)
      return
        ([plugin] + [engine].compactMap(\.self) + installed(for: inner)
        + kinds.flatMap(plugins(defining:))).map(\.fingerprint)
    }
  }
}

extension AnalysisDeclaration {
  /// With the installed plugins as choices of the parameters that name one.
  fileprivate func offering(_ catalog: PluginCatalog) -> Self {
    var analysis = self
    for index in analysis.parameters.indices {
      guard let kind = analysis.parameters[index].definitionKind else { continue }
      let prefix = analysis.parameters[index].definitionPrefix ?? ""
      analysis.parameters[index].choices = catalog.plugins(defining: kind).map { prefix + $0.id }
    }
    return analysis
  }
}

extension Workbench {
  /// A run that the manifest lets be split goes to all processes of its plugin.
  private func answer(
    of run: PreparedRun, _ report: @escaping @Sendable (RunProgress) -> Void
  ) async throws(PluginFailure) -> PluginAnswer {
    let declared = host.catalog.analysis(run.call.analysis)?.analysis
    return try await host.answer(
      run.request, plugin: run.plugin.id, splitBy: declared?.shards, progress: report)
  }
}

extension RunFailure {
  init(_ failure: PluginFailure, ending: ActiveRun.Ending?) {
    let message = failure.description
    switch failure {
    case .refused(let refusal):
      self.init(CommandFailure(refusal), state: .refused)
      place = refusal.place
    case .cancelled:
      self = .ended(ending)
    case .deadline, .cpuTime:
      self.init(CommandFailure(.deadline, message))
    case .heldBack:
      self.init(CommandFailure(.pluginHeldBack, message))
    case .shuttingDown:
      self.init(CommandFailure(.stopping, message), state: .interrupted)
    case .died, .protocolViolation, .startTimedOut, .unknownPlugin, .spawnFailed:
      self.init(CommandFailure(.pluginFailed, message))
    }
  }
}

extension CommandFailure {
  /// A plugin's own word that it will not compute this.
  init(_ refusal: Refusal) {
    self.init(
      .refused, refusal.message, parameter: refusal.parameter, expected: refusal.expected)
    reason = refusal.kind
  }
}
