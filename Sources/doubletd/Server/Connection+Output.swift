import ClientProtocol
import Logging
import NIOCore
import PluginProtocol

extension Connection {
  private static let progressInterval = TimeAmount.milliseconds(100)
  /// An answer this short is copied beside its neighbors rather than written on its own.
  private static let shortAnswerBytes = 16 << 10

  func send(_ line: ByteBuffer) {
    guard !isGone else { return }
    if line.readableBytes <= Self.shortAnswerBytes {
      gathered.writeImmutableBuffer(line)
    } else if let context {
      gatherIntoChannel()
      context.write(wrapOutboundOut(line), promise: nil)
    }
    mustFlush = true
    if !isReading { flush() }
  }

  /// Hands the short answers gathered so far to the channel.
  func gatherIntoChannel() {
    guard gathered.readableBytes > 0, let context else { return }
    context.write(wrapOutboundOut(gathered), promise: nil)
    gathered = ByteBuffer()
  }

  /// One flush for everything a chunk of input asked for.
  ///
  /// While the client does not read, short answers stay together in one buffer here: a buffer
  /// each in the channel would weigh far more than their bytes.
  func flush() {
    guard mustFlush, !isGone, let context else { return }
    guard context.channel.isWritable else {
      context.flush()
      return limitUnread()
    }
    mustFlush = false
    if gathered.readableBytes > 0 {
      context.writeAndFlush(wrapOutboundOut(gathered), promise: nil)
      // Once written the storage is ours alone again, and serves the next answers.
      if context.channel.isWritable { gathered.clear() } else { gathered = ByteBuffer() }
    } else {
      context.flush()
    }
    if !context.channel.isWritable { limitUnread() }
  }

  // MARK: Slow readers

  private var unreadBytes: Int {
    let inChannel = try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)
    return gathered.readableBytes + (inChannel ?? 0)
  }

  /// Drops a client that leaves too much unread, or much of it for too long.
  private func limitUnread() {
    let limits = switchboard.limits
    let unread = unreadBytes
    guard unread <= limits.unreadHardBytes else {
      return drop("it left \(unread) bytes unread")
    }
    guard unread > limits.unreadSoftBytes else {
      overSoftSince = nil
      return
    }
    guard let since = overSoftSince else {
      overSoftSince = .now()
      return watchUnread()
    }
    let elapsed = NIODeadline.now() - since
    if Double(elapsed.nanoseconds) / 1e9 >= limits.unreadSoftSeconds {
      drop("it left \(unread) bytes unread for \(limits.unreadSoftSeconds) s")
    }
  }

  private func watchUnread() {
    let interval = TimeAmount(seconds: min(1, switchboard.limits.unreadSoftSeconds))
    switchboard.eventLoop.assumeIsolated().scheduleTask(in: interval) { [weak self] in
      guard let self, !isGone, overSoftSince != nil else { return }
      limitUnread()
      if overSoftSince != nil, !isGone { watchUnread() }
    }
  }

  private func drop(_ reason: String) {
    switchboard.log.warning(
      "dropped a client",
      metadata: ["connection": "\(number)", "pid": "\(peer.pid)", "why": "\(reason)"])
    context?.close(promise: nil)
  }

  // MARK: Progress

  /// Sends the latest progress of a request, at most ten times a second and never to a client
  /// that has not read what it was sent before.
  func sendProgress(of sequence: UInt64) {
    guard !isGone, let exchange = exchanges[sequence], let gate = exchange.progress,
      let id = exchange.request.id, let context, context.channel.isWritable
    else { return }
    let now = NIODeadline.now()
    if let last = exchange.lastProgress, now - last < Self.progressInterval {
      switchboard.eventLoop.assumeIsolated().scheduleTask(
        deadline: last + Self.progressInterval
      ) { [weak self] in self?.sendProgress(of: sequence) }
      return
    }
    guard let report = gate.take() else { return }
    exchanges[sequence]?.lastProgress = now
    send(
      AnswerLine.progress(
        of: id, run: report.run, report.progress,
        secondsLeft: ProgressGate.secondsLeft(
          fraction: report.progress.fraction, elapsed: now - gate.started)))
  }

  func sendWaitingProgress() {
    for sequence in exchanges.keys.sorted() where exchanges[sequence]?.progress != nil {
      sendProgress(of: sequence)
    }
  }
}

extension TimeAmount {
  init(seconds: Double) { self = .nanoseconds(Int64(min(max(seconds, 0), 1e9) * 1e9)) }
}
