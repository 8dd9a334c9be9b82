import ClientProtocol
import JSON
import Logging
import NIOCore

/// What the connections of one server share.
///
/// Belongs to the server's one event loop: its state needs no lock.
final class Switchboard {
  static let stoppingMessage = "the daemon is stopping"

  let eventLoop: any EventLoop
  let makeHandler: @Sendable (Peer) -> any RequestHandler
  let longLineReader = LongLineReader()
  let log: Logger
  var limits: ServerLimits
  var allowedUIDs: Set<UInt32>
  private let facts: DaemonFacts
  private let idleTimer: IdleTimer?

  private(set) var connections: [UInt64: Connection] = [:]
  private var connectionCount: UInt64 = 0
  private(set) var unansweredBytes = 0
  /// Requests under way, those of clients that are gone included.
  private(set) var exchangeCount = 0
  private(set) var isStopping = false
  private var whenEmpty: EventLoopPromise<Void>?

  init(
    eventLoop: any EventLoop, facts: DaemonFacts, limits: ServerLimits, allowedUIDs: Set<UInt32>,
    log: Logger, idleTimer: IdleTimer?,
    makeHandler: @escaping @Sendable (Peer) -> any RequestHandler
  ) {
    self.eventLoop = eventLoop
    self.facts = facts
    self.limits = limits
    self.allowedUIDs = allowedUIDs
    self.log = log
    self.idleTimer = idleTimer
    self.makeHandler = makeHandler
  }

  // MARK: Connections

  /// Why a client is not let in; nil when it is.
  func refusal(of peer: Peer) -> CommandFailure? {
    if !allowedUIDs.contains(peer.uid) {
      return CommandFailure(.refused, "user \(peer.uid) may not use this daemon")
    }
    if isStopping { return CommandFailure(.stopping, Self.stoppingMessage) }
    if connections.count >= limits.connections {
      return CommandFailure(.limit, "\(limits.connections) connections are open already")
    }
    return nil
  }

  func admit(_ peer: Peer) -> Connection {
    connectionCount += 1
    let connection = Connection(number: connectionCount, peer: peer, switchboard: self)
    connections[connectionCount] = connection
    idleTimer?.disarm()
    return connection
  }

  func leave(_ connection: Connection) {
    connections[connection.number] = nil
    if connections.isEmpty { idleTimer?.arm() }
    checkEmpty()
  }

  /// Notes that a task has begun that will come back to the loop.
  func beginExchange() { exchangeCount += 1 }

  func endExchange() {
    exchangeCount -= 1
    checkEmpty()
  }

  func watchForIdle() { if connections.isEmpty { idleTimer?.arm() } }

  // MARK: Stopping

  /// Lets every connection end; the future is fulfilled when the last has, and no task is left.
  func end() -> EventLoopFuture<Void> {
    isStopping = true
    idleTimer?.disarm()
    let promise = eventLoop.makePromise(of: Void.self)
    whenEmpty = promise
    for connection in connections.values { connection.end() }
    checkEmpty()
    return promise.futureResult
  }

  private func checkEmpty() {
    guard connections.isEmpty, exchangeCount == 0 else { return }
    whenEmpty?.succeed()
    whenEmpty = nil
  }

  /// Waits for tasks no longer.
  func giveUp() {
    whenEmpty?.fail(CancellationError())
    whenEmpty = nil
  }

  func cancelAll() {
    for connection in connections.values { connection.cancelAll() }
  }

  func closeAll() {
    for connection in connections.values { connection.context?.close(promise: nil) }
  }

  // MARK: Unanswered input

  func reserve(_ bytes: Int) -> Bool {
    guard unansweredBytes + bytes <= limits.unansweredBytes else { return bytes == 0 }
    unansweredBytes += bytes
    return true
  }

  func release(_ bytes: Int) { unansweredBytes -= bytes }

  var fullMessage: String {
    "the daemon holds \(unansweredBytes) bytes of unanswered requests, of at most "
      + "\(limits.unansweredBytes); send this one again later"
  }

  /// The answer to `daemon.info`.
  var information: JSONValue {
    facts.json(
      limits: limits, connections: connections.count, requests: exchangeCount,
      unansweredBytes: unansweredBytes)
  }
}
