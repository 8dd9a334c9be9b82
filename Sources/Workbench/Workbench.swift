package import ClientProtocol
import JSON
package import Logging
package import PluginHost
package import Store
import Synchronization

/// Commands, sessions and runs: everything between a request and the plugins that answer it.
///
/// It knows no sockets and no SQL. Everything a client reads comes from the store or a plugin.
package final class Workbench: Sendable {
  let host: PluginHost
  let store: Store
  let shelf: DatasetShelf
  let settings: WorkbenchSettings
  let log: Logger
  /// Where the records of self-checks are filed.
  let recordFolder: String
  /// Where a user's own plugins are.
  let pluginFolder: String
  let registry = RunRegistry()
  let figures = FigureIndex()
  let slots: RunSlots
  let startedAt = ContinuousClock.now
  /// What ``commands`` made last.
  let commandTable = Mutex<(catalog: Int, table: CommandTable)?>(nil)
  private let requests = Mutex(0)

  /// A workbench over a store that is open and a host that has read its plugins.
  ///
  /// Whoever made them closes them after ``shutdown(grace:)``. The files of data sets are kept in
  /// the folder `datasets` of the data folder.
  package init(
    host: PluginHost, store: Store, dataFolder: String,
    settings: WorkbenchSettings = WorkbenchSettings(), log: Logger
  ) {
    self.host = host
    self.store = store
    self.settings = settings
    self.log = log
    recordFolder = dataFolder + "/selfcheck"
    pluginFolder = dataFolder + "/plugins"
    shelf = DatasetShelf(folder: dataFolder + "/datasets", store: store)
    slots = RunSlots(settings.submittedRunsAtOnce)
  }

  /// A session for one connection.
  package func makeSession(_ peer: Peer) -> some RequestHandler {
    Session(self, caller: Caller(uid: peer.uid, user: Account.name(of: peer.uid)))
  }

  /// Whether no request and no run is under way.
  package var isIdle: Bool { requests.withLock { $0 == 0 } && registry.count == 0 }

  func countRequest<Value>(_ work: () async -> Value) async -> Value {
    requests.withLock { $0 += 1 }
    defer { requests.withLock { $0 -= 1 } }
    return await work()
  }
}

extension Workbench {
  /// Lets runs end within the grace, cancels the others, and records those as interrupted.
  ///
  /// New runs are refused from the first moment on.
  package func shutdown(grace: Duration) async {
    registry.stop()
    let deadline = ContinuousClock.now + grace
    for run in registry.all where run.isQueued { run.end(.interrupted) }
    await waitForRuns(until: deadline)
    for run in registry.all { run.end(.interrupted) }
    await waitForRuns(until: max(deadline, .now) + settings.cancellationGrace)
    await closeUnclosed()
  }

  private func waitForRuns(until deadline: ContinuousClock.Instant) async {
    while let run = registry.all.first, deadline > .now {
      _ = await run.ended.wait(for: deadline - .now)
    }
  }

  /// Tries once more to record the end of runs for which it failed; the disk may have room again.
  private func closeUnclosed() async {
    for (id, failure) in registry.unclosed {
      let caller = Caller(uid: Account.ownUID, user: Account.name(of: Account.ownUID))
      do {
        try await store.close(
          id, .interrupted(error: failure.json.text), seconds: nil, by: caller)
        registry.settle(id)
      } catch {
        log.error("the end of a run is not recorded", metadata: ["run": "\(id)"])
      }
    }
  }
}
