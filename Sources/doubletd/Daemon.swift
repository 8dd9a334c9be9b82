import ClientProtocol
import Glibc
import Logging
import NIOCore

/// One daemon, from its locks to its last answer.
struct Daemon {
  private let commandLine: Doubletd
  private let locations: Locations?
  private let notifier: ServiceNotifier?
  private let threshold: StandardErrorLog.Threshold
  private let log: Logger
  private var settings: Settings

  /// Serves until it is told to stop.
  ///
  /// - Throws: ``DaemonError`` and whatever keeps the workbench from opening.
  static func run(_ commandLine: Doubletd) async throws {
    // First, because the variables they are told by must be gone before there are children.
    let notifier = ServiceNotifier.fromEnvironment()
    let activated = try SocketActivation.takeDescriptor()
    signal(SIGPIPE, SIG_IGN)
    let daemon = try Daemon(commandLine, notifier)
    try await daemon.run(activated: activated)
  }

  private init(_ commandLine: Doubletd, _ notifier: ServiceNotifier?) throws(DaemonError) {
    self.commandLine = commandLine
    self.notifier = notifier
    locations = Locations(
      environment: [
        "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
      ].reduce(into: [:]) { $0[$1] = environment($1) })
    settings = try commandLine.readSettings(locations)
    let threshold = StandardErrorLog.Threshold(settings.logLevel)
    self.threshold = threshold
    log = Logger(label: "doubletd") { StandardErrorLog(label: $0, threshold: threshold) }
  }

  private consuming func run(activated: CInt?) async throws {
    guard let data = settings.data else { throw DaemonError.noHome }
    // What can be refused without touching anything comes first.
    if activated == nil, let path = settings.socket { _ = try SocketAddress(path: path) }
    let services = try await Services.open(settings, data: data, log: log)
    let socket = try listen(activated)
    let (events, post) = AsyncStream.makeStream(of: DaemonEvent.self)
    let server = try await SocketServer(
      listeningOn: socket.descriptor,
      configuration(data: data, socket: socket.file.path, services, post))
    let signals = DaemonSignals(socket: socket.file, log: log) { post.yield($0) }
    watchdog(server)
    notifier?.ready()
    log.info(
      "ready", metadata: ["socket": "\(socket.file.path)", "data": "\(data)", "pid": "\(getpid())"])

    await serve(events, server, services)

    notifier?.stopping()
    log.info("stopping")
    let grace = Duration.seconds(settings.stopSeconds * 0.6)
    async let serverStopped: Void = server.stop(
      grace: grace, tail: .seconds(settings.stopSeconds * 0.1))
    await services.stop(grace: grace)
    await serverStopped
    socket.release()
    log.info("stopped")
    extendLifetime(signals)
  }

  // MARK: Start

  private func listen(_ activated: CInt?) throws(DaemonError) -> ListeningSocket {
    if let activated {
      return ListeningSocket(
        activated: activated, path: SocketActivation.path(of: activated) ?? "(activated)")
    }
    guard let path = settings.socket else { throw .noHome }
    return try ListeningSocket(path: path)
  }

  private func configuration(
    data: String, socket: String, _ services: Services,
    _ post: AsyncStream<DaemonEvent>.Continuation
  ) -> SocketServer.Configuration {
    SocketServer.Configuration(
      facts: DaemonFacts(
        pid: getpid(), socket: socket, data: data, sandbox: services.sandbox),
      limits: settings.limits,
      allowedUIDs: settings.uids, log: log,
      idleSeconds: settings.idleExitSeconds > 0 ? settings.idleExitSeconds : nil,
      onIdle: { post.yield(.idle) }, makeHandler: { services.makeHandler($0) })
  }

  /// Tells systemd that the loop that serves clients turns, from that loop.
  private func watchdog(_ server: SocketServer) {
    guard let notifier, let seconds = notifier.watchdogSeconds, seconds > 0 else { return }
    server.eventLoop.scheduleRepeatedTask(
      initialDelay: .zero, delay: TimeAmount(seconds: seconds / 2)
    ) { _ in notifier.alive() }
  }

  // MARK: Events

  private mutating func serve(
    _ events: AsyncStream<DaemonEvent>, _ server: SocketServer, _ services: Services
  ) async {
    for await event in events {
      switch event {
      case .stop: return
      case .reload: await reload(server, services)
      case .idle:
        // Somebody may have come since the timer fired.
        if let count = try? await server.connectionCount(), count > 0 { continue }
        guard !services.isIdle else {
          log.info("idle", metadata: ["seconds": "\(settings.idleExitSeconds)"])
          return
        }
        log.debug("a run goes on, so this daemon does too")
        try? await server.watchForIdle()
      }
    }
  }

  /// Takes on new settings and plugins; what is wrong is said, and the old stays in its place.
  private mutating func reload(_ server: SocketServer, _ services: Services) async {
    notifier?.reloading()
    defer { notifier?.ready() }
    do {
      settings = try commandLine.readSettings(locations)
      threshold.set(settings.logLevel)
      try await server.apply(limits: settings.limits, allowedUIDs: settings.uids)
    } catch {
      log.error("kept the old settings", metadata: ["why": "\(error)"])
    }
    await services.reload()
  }
}

/// What a running daemon is told from outside.
enum DaemonEvent: Sendable { case stop, reload, idle }

extension Settings {
  /// Who may connect.
  fileprivate var uids: Set<UInt32> { Set(allowUIDs + [getuid()]) }
}
