import ClientProtocol
import JSON
import NIOCore

/// One client: its bytes become requests, and every request becomes one answer.
///
/// Lives on the event loop that serves all clients, so nothing here may compute. Requests are
/// answered by tasks elsewhere; only `ping`, `daemon.info` and cancelling are answered in place.
final class Connection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// A longer line is read by a task.
  static let longLineBytes = 4096
  /// What a line costs beside its bytes.
  private static let lineOverhead = 64

  let number: UInt64
  let peer: Peer
  let switchboard: Switchboard
  let handler: any RequestHandler
  private(set) var context: ChannelHandlerContext?

  private var decoder: LineDecoder
  private var heldCost = 0
  /// Long lines being read.
  var readingCount = 0
  var exchanges: [UInt64: Exchange] = [:]
  var nextSequence: UInt64 = 0
  /// Command lines that wait for the one before them.
  var waitingLines = CircularBuffer<WaitingLine>()
  var isCommandLineBusy = false
  /// No more requests will come: the client has shut down its side, or the daemon stops.
  private(set) var isEnding = false
  private(set) var isGone = false

  /// Answers gathered while one chunk of input is worked through.
  var gathered = ByteBuffer()
  var isReading = false
  var mustFlush = false
  var overSoftSince: NIODeadline?

  struct WaitingLine {
    let bytes: [UInt8]
    let cost: Int
  }

  init(number: UInt64, peer: Peer, switchboard: Switchboard) {
    self.number = number
    self.peer = peer
    self.switchboard = switchboard
    handler = switchboard.makeHandler(peer)
    decoder = LineDecoder(maximumLineBytes: switchboard.limits.lineBytes)
  }

  // MARK: Events

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    isReading = true
    let buffer = unwrapInboundIn(data)
    let chunk = buffer.readableBytesUInt8Span
    var position = 0
    while let found = decoder.next(in: chunk, from: &position) {
      switch found {
      case .within(let range): receive(chunk.extracting(range))
      case .joined(let line):
        // It is counted anew as a request.
        releaseHeld()
        receive(line)
      case .tooLong:
        send(
          AnswerLine.failure(
            .limit, "a line may hold \(switchboard.limits.lineBytes) bytes; the rest is ignored"))
      }
    }
    holdUnfinishedLine()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    flush()
    closeIfDone()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .some(.inputClosed) = event as? ChannelEvent else {
      return context.fireUserInboundEventTriggered(event)
    }
    if let line = decoder.finish() {
      releaseHeld()
      receive(line)
    }
    holdUnfinishedLine()
    isEnding = true
    flush()
    closeIfDone()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard context.channel.isWritable else { return }
    flush()
    sendWaitingProgress()
  }

  func channelInactive(context: ChannelHandlerContext) {
    isGone = true
    releaseHeld()
    for line in waitingLines { switchboard.release(line.cost) }
    waitingLines.removeAll()
    for exchange in exchanges.values { exchange.task?.cancel() }
    switchboard.leave(self)
    Task { [handler] in await handler.connectionClosed() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A peer that is gone: the channel closes, and `channelInactive` does the rest.
    context.close(promise: nil)
  }

  // MARK: Ending

  /// Takes no more work, and closes when the answers under way are sent.
  func end() {
    isEnding = true
    while let line = waitingLines.popFirst() {
      switchboard.release(line.cost)
      send(AnswerLine.failure(.stopping, Switchboard.stoppingMessage))
    }
    closeIfDone()
  }

  func cancelAll() {
    for exchange in exchanges.values { exchange.task?.cancel() }
  }

  func closeIfDone() {
    guard isEnding, !isGone, exchanges.isEmpty, readingCount == 0, waitingLines.isEmpty,
      let context
    else { return }
    // Closing throws away what is not written yet, so it waits for an empty write to go out.
    let channel = context.channel
    gatherIntoChannel()
    context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
      channel.close(promise: nil)
    }
    mustFlush = false
  }

  // MARK: Unanswered input

  func cost(of line: [UInt8]) -> Int { line.count + Self.lineOverhead }

  /// Whether there is room for `cost` more bytes; says so to the client when there is not.
  func reserve(_ cost: Int, id: JSONValue = .null) -> Bool {
    if switchboard.reserve(cost) { return true }
    send(AnswerLine.failure(.limit, switchboard.fullMessage, id: id))
    return false
  }

  private func releaseHeld() {
    switchboard.release(heldCost)
    heldCost = 0
  }

  private func holdUnfinishedLine() {
    releaseHeld()
    let cost = decoder.heldByteCount
    if reserve(cost) {
      heldCost = cost
    } else {
      decoder.discardLine()
    }
  }
}
