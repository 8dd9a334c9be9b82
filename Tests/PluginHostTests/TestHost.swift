import CLinux
import Foundation
import Glibc
import Logging
import PluginHost
import PluginProtocol
import Testing

/// A host over a temporary plugins folder, which goes away with it.
final class TestHost: Sendable {
  let root: String
  let host: PluginHost

  /// A host whose limits `change` may change.
  init(_ change: (inout PluginHostSettings) -> Void = { _ in }) throws {
    let template = URL(filePath: NSTemporaryDirectory())
      .appending(path: "doublet-tests-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(
      atPath: template + "/plugins", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: template + "/folders", withIntermediateDirectories: true)
    root = template
    var settings = PluginHostSettings()
    settings.temporaryFolder = template + "/folders"
    settings.processesPerPlugin = 1
    change(&settings)
    host = PluginHost(
      settings: settings, folders: [template + "/plugins"],
      log: Logger(label: "tests") { _ in
        SwiftLogNoOpLogHandler()
      })
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Whether a sanitizer watches this process, whose children then have no memory limit.
  static var isSanitized: Bool {
    unsafe dlsym(nil, "__tsan_init") != nil || dlsym(nil, "__asan_init") != nil
  }

  /// A host with one plugin that does wrong in one way, already in force.
  static func with(
    _ way: String, _ change: (inout PluginHostSettings) -> Void = { _ in }
  ) async throws -> TestHost {
    let test = try TestHost(change)
    try test.install(way)
    try await test.reload()
    return test
  }

  /// A host with the well-behaved plugin.
  static func wellBehaved(
    _ change: (inout PluginHostSettings) -> Void = { _ in }
  ) async throws -> TestHost {
    let test = try TestHost(change)
    try test.write(
      """
      id = "well-behaved"
      version = "1.0.0"
      protocol = 1
      summary = "Does what it is asked"
      run = ["WellBehavedPlugin"]
      """, to: "well-behaved/plugin.toml")
    try await test.reload()
    return test
  }

  private func reload() async throws {
    let report = await host.reload()
    try #require(report.problems == [], "\(report.problems)")
  }

  func install(_ way: String, as id: String? = nil) throws {
    let id = id ?? way
    try write(
      """
      id = "\(id)"
      version = "1.0.0"
      protocol = 1
      summary = "A plugin that \(way)"
      run = ["MisbehavingPlugin", "\(way)", "\(id)"]
      """, to: "\(id)/plugin.toml")
  }

  /// Writes a file below the plugins folder.
  func write(_ text: String, to path: String) throws {
    let file = URL(filePath: "\(root)/plugins/\(path)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func run(_ plugin: String, analysis: String = "any") async throws(PluginFailure) -> PluginAnswer {
    try await host.run(RunRequest(analysis: analysis), plugin: plugin)
  }

  /// The failure of a run that must fail.
  func failure(_ plugin: String, analysis: String = "any") async -> PluginFailure? {
    do {
      _ = try await run(plugin, analysis: analysis)
      Issue.record("the run of \(plugin) succeeded")
      return nil
    } catch {
      return error
    }
  }

  func status(_ plugin: String) -> PluginStatus? { host.status().first { $0.id == plugin } }

  /// Private folders of processes that have not been cleared away.
  var workFolders: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: root + "/folders")) ?? []
  }
}

/// Waits until something holds that no event announces; fails the test after ten seconds.
func eventually(
  _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ holds: () -> Bool
) async {
  let limit = ContinuousClock.now + .seconds(60)
  while !holds() {
    guard ContinuousClock.now < limit else {
      Issue.record(what, sourceLocation: sourceLocation)
      return
    }
    await Task.yield()
  }
}

/// Whether a process is gone, reaped and all; waits for its end.
func ends(_ process: Int32) -> Bool {
  let descriptor = clinux_process_descriptor(process)
  guard descriptor >= 0 else { return true }
  defer { close(descriptor) }
  var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return unsafe poll(&wait, 1, 10_000) == 1
}
