import ClientProtocol
import FoundationEssentials
import JSON
import PluginHost
import PluginProtocol
import Store

extension Workbench {
  /// Runs the reference cases of plugins through the plugins and files what came of it.
  ///
  /// The runs are real ones of the installed plugins, by way of the plugin host, but none is kept
  /// by itself: the check as a whole is one row of the audit trail, with the SHA-256 of its record.
  ///
  /// - Throws: ``CommandFailure`` of kind `selfcheck.failed` when a case fails, a file of cases is
  ///   damaged or there is no case at all; the record is written all the same.
  func selfCheck(
    _ words: [CommandLine.Token], by caller: Caller, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> ResultDocument {
    let plugins = try pluginsToCheck(words)
    let start = ContinuousClock.now
    var report = SelfCheckReport(
      at: .now(), user: caller.user, version: settings.version,
      plugins: plugins.map {
        .init(
          id: $0.id, version: $0.manifest.version, hash: $0.fingerprint, engine: $0.manifest.engine)
      }, cases: [], problems: [], seconds: 0)
    let files = await blocking {
      plugins.map { CaseFile.all(in: $0.folder, named: $0.id) }
    }
    report.files = files.joined().map { .init(name: $0.name, sha256: $0.sha256) }
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "doublet-selfcheck-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let datasets = await datasets(of: plugins, in: scratch)
    report.problems = files.joined().flatMap(\.problems) + datasets.flatMap(\.problems)
    let requests = CheckRequests(plugins, files, datasets, commands: commands)
    report.problems += requests.problems
    let documents = try await answers(to: requests.requests, progress)
    report.cases = requests.cases(answeredBy: documents)
    report.seconds = (ContinuousClock.now - start).seconds
    return try await file(report, by: caller)
  }

  /// The plugins that are named, by their id or that of an analysis; all without a name.
  private func pluginsToCheck(
    _ words: [CommandLine.Token]
  ) throws(CommandFailure) -> [InstalledPlugin] {
    let catalog = host.catalog
    guard !words.isEmpty else { return catalog.plugins }
    var chosen: [InstalledPlugin] = []
    for word in words {
      guard let plugin = catalog.analysis(word.text)?.plugin ?? catalog.plugin(word.text) else {
        let names = catalog.analysisNames + catalog.plugins.map(\.id)
        throw .usage(
          "there is no analysis \"\(word.text)\"", at: word.range,
          expected: "an analysis or a plugin; help and plugins list them",
          nearest: names.nearest(to: word.text))
      }
      if !chosen.contains(where: { $0.id == plugin.id }) { chosen.append(plugin) }
    }
    return chosen
  }

  /// What the cases of each plugin read, imported below a folder of their own.
  private func datasets(
    of plugins: [InstalledPlugin], in scratch: URL
  ) async -> [CheckDatasets] {
    await blocking {
      try? FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
      return plugins.map { CheckDatasets(beside: $0.folder, named: $0.id, into: scratch.path) }
    }
  }

  private func answers(
    to requests: [CheckRequests.Request], _ progress: ProgressReport?
  ) async throws(CommandFailure) -> [JSONValue] {
    do {
      return try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
        var documents = [JSONValue](repeating: .null, count: requests.count)
        var next = 0
        var percent = 0
        for done in 0...requests.count {
          while next < requests.count, next - done < max(1, host.settings.processesPerPlugin) {
            let index = next
            group.addTask { (index, try await self.document(of: requests[index])) }
            next += 1
          }
          guard let (index, document) = try await group.next() else { break }
          documents[index] = document
          let share = (done + 1) * 100 / requests.count
          if share > percent {
            percent = share
            progress?(.init(fraction: Double(share) / 100, message: requests[index].command), nil)
          }
        }
        return documents
      }
    } catch {
      throw CommandFailure(.cancelled, "the self-check was cancelled")
    }
  }

  /// The result of a request, or its error under `error`.
  private func document(of request: CheckRequests.Request) async throws -> JSONValue {
    switch request.resolved {
    case .failure(let failure): return ["error": failure.json]
    case .success(let run):
      do throws(PluginFailure) {
        let answer = try await host.run(run, plugin: request.plugin)
        return (try? JSONValue(parsing: answer.result)) ?? ["error": ["message": "not JSON"]]
      } catch {
        if Task.isCancelled { throw CancellationError() }
        return ["error": RunFailure(error, ending: nil).failure.json]
      }
    }
  }

  private func file(
    _ report: SelfCheckReport, by caller: Caller
  ) async throws(CommandFailure) -> ResultDocument {
    let record = SelfCheckRecord(report: report)
    let folder = recordFolder
    let files = try await blocking { () -> Result<_, CommandFailure> in
      do throws(CommandFailure) {
        return .success(try record.write(into: folder))
      } catch {
        return .failure(error)
      }
    }.get()
    let detail =
      "\(report.sentence); \(files.json.path) \(files.json.sha256); "
      + "\(files.markdown.path) \(files.markdown.sha256)"
    try await kept { () async throws(StoreError) in
      try await store.note(.event(name: "selfcheck", detail: detail), by: caller)
    }
    guard report.passed else {
      let problems = report.problems + report.failures.map(\.sentence)
      throw CommandFailure(
        .selfCheckFailed, report.sentence,
        problems: Array(problems.prefix(100)) + ["the record is \(files.markdown.path)"])
    }
    var document = report.document
    document.note(
      "selfcheck.record", "Record: \(files.markdown.path) (SHA-256 \(files.markdown.sha256))")
    document.note(
      "selfcheck.record", "For programs: \(files.json.path) (SHA-256 \(files.json.sha256))")
    document.note("selfcheck.audit", "Both hashes are in the audit trail.")
    return document
  }
}
