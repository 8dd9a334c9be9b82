import ClientProtocol
import Logging
import PluginHost
import Store
import Workbench

/// Everything behind the socket: the store, the plugins, and the workbench that joins them.
struct Services: Sendable {
  private let store: Store
  private let host: PluginHost
  private let workbench: Workbench
  private let log: Logger

  /// Opens the store and reads the manifests; no plugin is started.
  ///
  /// - Throws: `StoreError`, and ``DaemonError/dataInUse(path:pid:)``.
  static func open(_ settings: Settings, data: String, log: Logger) async throws -> Services {
    let store = try openStore(data)
    if store.interruptedRuns > 0 {
      log.warning("runs were interrupted", metadata: ["count": "\(store.interruptedRuns)"])
    }
    var hostSettings = settings.host
    hostSettings.reservedNames = Set(Workbench.commandNames)
    let host = PluginHost(
      settings: hostSettings, folders: settings.plugins + usualFolders(data, hostSettings),
      log: log)
    await host.reload(checkingDefinitions: false)
    let workbench = Workbench(
      host: host, store: store, dataFolder: data,
      settings: WorkbenchSettings(
        submittedRunsAtOnce: settings.submittedRuns,
        cancellationGrace: .seconds(settings.stopSeconds * 0.2), version: DaemonFacts.version,
        kitFolder: kitFolder(hostSettings)),
      log: log)
    return Services(store: store, host: host, workbench: workbench, log: log)
  }

  /// The store's lock is the one that keeps a second daemon away; who holds it is noted beside.
  private static func openStore(_ data: String) throws -> Store {
    let lock = data + "/doublet.lock"
    do {
      let caller = Caller(uid: Account.ownUID, user: Account.name(of: Account.ownUID))
      let store = try Store(folder: data, daemon: caller)
      LockOwner.note(in: lock)
      return store
    } catch StoreError.inUse(let path) {
      throw DaemonError.dataInUse(path: path, pid: LockOwner.pid(in: lock))
    }
  }

  /// The plugins that come with Doublet, then the user's own; one that is not there now may be
  /// there when they are read again.
  ///
  /// Both are one folder where Doublet is installed into `~/.local`.
  private static func usualFolders(_ data: String, _ settings: PluginHostSettings) -> [String] {
    let shipped = above(settings.executableFolder) + "/share/doublet/plugins"
    let own = data + "/plugins"
    return shipped == own ? [own] : [shipped, own]
  }

  /// The folder that holds another.
  private static func above(_ folder: String) -> String {
    String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
  }

  /// The author kits: installed ones, or those of the sources the daemon was built from.
  private static func kitFolder(_ settings: PluginHostSettings) -> String? {
    var folder = settings.executableFolder
    let sources = (0..<4).map { _ in
      folder = above(folder)
      return folder + "/config/kits"
    }
    return ([above(settings.executableFolder) + "/share/doublet/kits"] + sources)
      .first(where: Folder.isFolder).flatMap(Folder.real)
  }

  /// What the kernel keeps plugins from, in a sentence.
  var sandbox: String { host.sandbox.sentence }

  func makeHandler(_ peer: Peer) -> any RequestHandler { workbench.makeSession(peer) }

  /// Whether anything goes on that no client waits for.
  var isIdle: Bool { workbench.isIdle }

  /// Reads the plugins again; those with a problem stay as they were.
  func reload() async {
    let report = await host.reload()
    log.info("read plugins", metadata: .of(report))
  }

  /// Lets runs end within `grace`, cancels the others, and closes the store.
  func stop(grace: Duration) async {
    await workbench.shutdown(grace: grace)
    await host.shutdown()
    do {
      try store.close()
    } catch {
      log.error("the store was not closed in order", metadata: ["why": "\(error)"])
    }
  }
}

extension Logger.Metadata {
  fileprivate static func of(_ report: ReloadReport) -> Self {
    [
      "plugins": "\(report.plugins.count)", "added": "\(report.added)",
      "changed": "\(report.changed)", "removed": "\(report.removed)",
      "problems": "\(report.problems.count)",
    ]
  }
}
