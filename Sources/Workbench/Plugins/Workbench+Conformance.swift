import ClientProtocol
import Conformance
import JSON
import PluginHost
import PluginProtocol
import Synchronization

extension Workbench {
  /// Puts a plugin through the conformance suite, in processes of its own.
  ///
  /// The folder is an absolute path; the data set is what analyses that read one are given.
  ///
  /// - Throws: ``CommandFailure`` of kind `plugin.check-failed` with every check that failed, why,
  ///   and where to look.
  func examine(
    folder: String, dataset: RunRequest.DatasetFile?, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> ResultDocument {
    let made = Atomic(0)
    let checks = await PluginConformance.check(
      folder: folder, executableFolder: host.settings.executableFolder, dataset: dataset,
      companions: host.catalog.plugins.map(\.folder).filter { $0 != folder },
      patience: .seconds(2)
    ) { check in
      let count = made.add(1, ordering: .relaxed).newValue
      // How many there will be is not known before the plugin has been read.
      progress?(.init(fraction: 1 - 20 / Double(20 + count), message: check.id), nil)
    }
    if Task.isCancelled { throw CommandFailure(.cancelled, "the examination was cancelled") }
    let failed = checks.filter { !$0.passed }
    guard failed.isEmpty else {
      throw CommandFailure(
        .pluginCheckFailed,
        "\(folder) fails \(counted(failed.count, "check")) of \(checks.count)",
        problems: failed.map { "\($0.id): \($0.sentence). Look at \($0.whereToLook)." })
    }
    return Self.document(of: checks, folder)
  }

  private static func document(of checks: [ConformanceCheck], _ folder: String) -> ResultDocument {
    let skipped = checks.filter(\.isSkipped)
    var document = ResultDocument(
      .plugins,
      title: "\(folder) passes \(counted(checks.count - skipped.count, "check"))"
        + (skipped.isEmpty ? "" : "; \(skipped.count) could not be made"))
    document.add(
      "checks", "Checks",
      [.init("check", "Check"), .init("result", "Result"), .init("found", "Found")],
      checks.map {
        [.string($0.id), .string($0.isSkipped ? "not made" : "passed"), .string($0.sentence)]
      })
    if skipped.contains(where: { $0.id.hasPrefix("data.") }) {
      document.note(
        "plugins.check.data", "use NAME first: its data set is what the plugin is examined on")
    }
    return document
  }
}
