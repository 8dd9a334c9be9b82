import Foundation
import Logging
import PluginHost
import PluginProtocol
import Testing

/// A plugin that forks, ignores SIGTERM and holds the pipe open costs its own run and leaves nothing.
struct ForkingPluginTests {
  private static let manifest = """
    id = "forks"
    version = "1.0.0"
    protocol = 1
    summary = "Forks and stays"
    [[analysis]]
    name = "stay"
    summary = "Stays"
    """

  private static let script = """
    import os, signal, time
    import doublet_plugin as doublet
    plugin = doublet.Plugin()

    @plugin.analysis("stay")
    def stay(run):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = os.fork()
        if child:
            run.progress(0, f"{os.getpid()} {child}")
        else:
            LEAVE
        while True:
            time.sleep(1)

    plugin.main()
    """

  @Test(
    "It is stopped with its children, also with one that left", arguments: ["pass", "os.setsid()"])
  func stopped(leave: String) async throws {
    guard AuthorKit.Language.python.isInstalled else { return }
    let kit = try AuthorKit(
      .python, manifest: Self.manifest, script: Self.script.replacing("LEAVE", with: leave))
    var settings = PluginHostSettings()
    settings.runLimit = .seconds(2)
    settings.cancelGrace = .milliseconds(50)
    settings.killGrace = .milliseconds(50)
    let host = PluginHost(
      settings: settings, folders: [kit.folder],
      log: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    await host.reload()
    let (words, signal) = AsyncStream<String>.makeStream()
    let failure = await #expect(throws: PluginFailure.self) {
      _ = try await host.run(RunRequest(analysis: "stay"), plugin: "forks") { progress in
        signal.yield(progress.message ?? "")
      }
    }
    #expect(failure?.description == "forks was stopped: a run may take 2 s")
    await host.shutdown()
    var processes: [Int32] = []
    for await text in words {
      processes = text.split(separator: " ").compactMap { Int32($0) }
      break
    }
    #expect(processes.count == 2)
    let limit = ContinuousClock.now + .seconds(10)
    while processes.contains(where: Self.runs), ContinuousClock.now < limit { await Task.yield() }
    #expect(!processes.contains(where: Self.runs))
  }

  /// Whether a process is there and not merely waiting to be reaped.
  private static func runs(_ process: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return text.split(separator: ")").last?.split(separator: " ").first != "Z"
  }
}
