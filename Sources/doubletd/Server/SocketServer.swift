import ClientProtocol
import Logging
import NIOCore
import NIOPosix

/// Serves the clients of one listening socket, all on one event loop.
final class SocketServer: Sendable {
  /// What a server is made with.
  struct Configuration: Sendable {
    var facts: DaemonFacts
    var limits = ServerLimits()
    var allowedUIDs: Set<UInt32>
    var log: Logger
    /// After how long without a client `onIdle` is called; nil for never.
    var idleSeconds: Double?
    var onIdle: @Sendable () -> Void = {}
    var makeHandler: @Sendable (Peer) -> any RequestHandler
  }

  private let group: MultiThreadedEventLoopGroup
  private let switchboard: NIOLoopBound<Switchboard>
  private let listener: any Channel

  var eventLoop: any EventLoop { switchboard.eventLoop }

  /// Serves the clients that connect to `descriptor`, which the server closes when it stops.
  init(listeningOn descriptor: CInt, _ configuration: Configuration) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let switchboard = try await group.next().submit {
      Self.makeSwitchboard(configuration, eventLoop: group.next())
    }.get()
    self.group = group
    self.switchboard = switchboard
    listener = try await ServerBootstrap(group: group)
      .serverChannelOption(.maxMessagesPerRead, value: 32)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { Self.greet($0, switchboard.value) }
      .withBoundSocket(descriptor).get()
  }

  private static func makeSwitchboard(
    _ configuration: Configuration, eventLoop: any EventLoop
  ) -> NIOLoopBound<Switchboard> {
    let timer = configuration.idleSeconds.map {
      IdleTimer(eventLoop: eventLoop, seconds: $0, onIdle: configuration.onIdle)
    }
    let switchboard = Switchboard(
      eventLoop: eventLoop, facts: configuration.facts, limits: configuration.limits,
      allowedUIDs: configuration.allowedUIDs, log: configuration.log, idleTimer: timer,
      makeHandler: configuration.makeHandler)
    timer?.arm()
    return NIOLoopBound(switchboard, eventLoop: eventLoop)
  }

  private static func greet(
    _ channel: any Channel, _ switchboard: Switchboard
  ) -> EventLoopFuture<Void> {
    let switchboard = NIOLoopBound(switchboard, eventLoop: channel.eventLoop)
    return channel.peer.flatMapThrowing { peer in
      let pipeline = channel.pipeline.syncOperations
      if let refusal = switchboard.value.refusal(of: peer) {
        switchboard.value.log.notice(
          "refused a client", metadata: ["uid": "\(peer.uid)", "why": "\(refusal.message)"])
        try pipeline.addHandler(Refusal(refusal))
      } else {
        try pipeline.addHandler(switchboard.value.admit(peer))
      }
    }
  }

  /// Takes on new limits; connections that are open keep theirs for a line.
  func apply(limits: ServerLimits, allowedUIDs: Set<UInt32>) async throws {
    try await onLoop { switchboard in
      switchboard.limits = limits
      switchboard.allowedUIDs = allowedUIDs
    }
  }

  /// Begins to wait for idleness anew, when no client is there.
  func watchForIdle() async throws { try await onLoop { $0.watchForIdle() } }

  func requestCount() async throws -> Int { try await onLoop { $0.exchangeCount } }

  /// Accepts nobody new and lets requests under way end.
  ///
  /// After `grace` they are cancelled, and `tail` later whoever has not read its answers by then
  /// is left; so it returns within `grace` and twice `tail`.
  func stop(grace: Duration, tail: Duration) async {
    try? await listener.close()
    let (switchboard, grace, tail) = (switchboard, TimeAmount(grace), TimeAmount(tail))
    let ended = switchboard.eventLoop.flatSubmit {
      let loop = switchboard.eventLoop
      loop.scheduleTask(in: grace) { switchboard.value.cancelAll() }
      loop.scheduleTask(in: grace + tail) { switchboard.value.closeAll() }
      loop.scheduleTask(in: grace + tail + tail) { switchboard.value.giveUp() }
      return switchboard.value.end()
    }
    do {
      try await ended.get()
      try await group.shutdownGracefully()
    } catch {
      // A task that heeds no cancellation still refers to the loop, which then has to stay.
    }
  }

  private func onLoop<T: Sendable>(
    _ body: @escaping @Sendable (Switchboard) -> T
  ) async throws -> T {
    let switchboard = switchboard
    return try await switchboard.eventLoop.submit { body(switchboard.value) }.get()
  }
}
