import ClientProtocol
import JSON
import NIOCore
import PluginProtocol

extension Connection {
  // MARK: Lines

  /// Answers the commonest lines in place; makes an array of any other.
  func receive(_ line: Span<UInt8>) {
    if PingShape.isCommand(line), !isCommandLineBusy, waitingLines.isEmpty {
      gathered.writeStaticString("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":\"pong\"}\n")
      mustFlush = true
    } else if let id = PingShape.id(in: line) {
      gathered.writeStaticString("{\"jsonrpc\":\"2.0\",\"id\":")
      unsafe line.extracting(id).withUnsafeBytes { _ = unsafe gathered.writeBytes($0) }
      gathered.writeStaticString(",\"result\":\"pong\"}\n")
      mustFlush = true
    } else {
      receive([UInt8](copying: line))
    }
  }

  func receive(_ line: [UInt8]) {
    switch line.first(where: { $0 != 0x20 && $0 != 0x09 }) {
    case nil, UInt8(ascii: "#"): return
    case UInt8(ascii: "{"): receiveJSON(line)
    case UInt8(ascii: "["):
      send(
        AnswerLine.failure(
          .invalidRequest, "batches are not spoken here; send one JSON object a line"))
    default: receiveCommandLine(line)
    }
  }

  private func receiveJSON(_ line: [UInt8]) {
    let cost = cost(of: line)
    guard reserve(cost) else { return }
    read(line, cost: cost, isCommandLine: false)
  }

  /// Command lines carry no id, so they are answered in the order they came.
  private func receiveCommandLine(_ line: [UInt8]) {
    let cost = cost(of: line)
    guard reserve(cost) else { return }
    waitingLines.append(WaitingLine(bytes: line, cost: cost))
    startWaitingLine()
  }

  private func startWaitingLine() {
    while !isCommandLineBusy, let line = waitingLines.popFirst() {
      read(line.bytes, cost: line.cost, isCommandLine: true)
    }
  }

  private func read(_ line: [UInt8], cost: Int, isCommandLine: Bool) {
    guard line.count > Self.longLineBytes else {
      return admit(RequestLine(line), cost: cost, isCommandLine: isCommandLine)
    }
    readingCount += 1
    switchboard.beginExchange()
    isCommandLineBusy = isCommandLineBusy || isCommandLine
    let here = NIOLoopBound(self, eventLoop: switchboard.eventLoop)
    Task { [reader = switchboard.longLineReader] in
      let read = await reader.read(line)
      here.eventLoop.execute {
        here.value.hasRead(read, cost: cost, isCommandLine: isCommandLine)
      }
    }
  }

  private func hasRead(_ line: RequestLine, cost: Int, isCommandLine: Bool) {
    readingCount -= 1
    switchboard.endExchange()
    if isCommandLine { isCommandLineBusy = false }
    admit(line, cost: cost, isCommandLine: isCommandLine)
    if isCommandLine { startWaitingLine() }
    closeIfDone()
  }

  // MARK: Requests

  private func admit(_ line: RequestLine, cost: Int, isCommandLine: Bool) {
    guard !isGone else { return switchboard.release(cost) }
    switch line {
    case .request(let request):
      if let answer = answerInPlace(request) {
        switchboard.release(cost)
        if let id = request.id { send(AnswerLine.buffer(id: id, answer)) }
      } else {
        start(request, cost: cost, isCommandLine: isCommandLine)
      }
    case .malformed(let malformed):
      switchboard.release(cost)
      send(AnswerLine.buffer(id: malformed.id, .failure(malformed.failure)))
    case .pointless:
      switchboard.release(cost)
    }
  }

  /// What needs no task: the server's own methods, and refusals.
  private func answerInPlace(_ request: ClientRequest) -> ClientAnswer? {
    switch request.method {
    case .ping: return .success(Array("\"pong\"".utf8))
    case .command where request.isPlainPing: return .success(Array("\"pong\"".utf8))
    case .daemonInfo: return .success(switchboard.information.bytes)
    // Cancelling makes room, so it is answered also where there is none.
    case .runCancel:
      if let id = request.parameters["request"] { return cancel(id) }
      return nil
    default: break
    }
    if switchboard.isStopping {
      return .failure(CommandFailure(.stopping, Switchboard.stoppingMessage))
    }
    let limit = switchboard.limits.requestsPerConnection
    guard exchanges.count < limit else {
      return .failure(
        CommandFailure(.limit, "\(limit) requests of this connection are under way already"))
    }
    return nil
  }

  private func cancel(_ id: JSONValue) -> ClientAnswer {
    let meant = exchanges.values.filter { $0.request.id == id }
    for exchange in meant { exchange.task?.cancel() }
    return .success(Array("{\"cancelled\":\(!meant.isEmpty)}".utf8))
  }

  private func start(_ request: ClientRequest, cost: Int, isCommandLine: Bool) {
    let sequence = nextSequence
    nextSequence += 1
    let here = NIOLoopBound(self, eventLoop: switchboard.eventLoop)
    var exchange = Exchange(request: request, cost: cost, isCommandLine: isCommandLine)
    if request.wantsProgress, request.id != nil {
      exchange.progress = ProgressGate {
        here.eventLoop.execute { here.value.sendProgress(of: sequence) }
      }
    }
    isCommandLineBusy = isCommandLineBusy || isCommandLine
    switchboard.beginExchange()
    exchange.task = Task { [handler, gate = exchange.progress] in
      let report = gate.map { gate in
        { @Sendable (progress: RunProgress, run: String?) in gate.report(progress, run: run) }
      }
      let answer = await handler.answer(request, progress: report)
      // Built here, because a result may be as long as a line.
      let line = request.id.map { AnswerLine.buffer(id: $0, answer) }
      here.eventLoop.execute { here.value.finish(sequence, line) }
    }
    exchanges[sequence] = exchange
  }

  private func finish(_ sequence: UInt64, _ line: ByteBuffer?) {
    guard let exchange = exchanges.removeValue(forKey: sequence) else { return }
    switchboard.release(exchange.cost)
    switchboard.endExchange()
    if let line { send(line) }
    if exchange.isCommandLine {
      isCommandLineBusy = false
      startWaitingLine()
    }
    closeIfDone()
  }
}

extension ClientRequest {
  /// Whether it is the command `ping`, in whatever spelling.
  fileprivate var isPlainPing: Bool {
    guard let text = parameters["line"]?.string, text.utf8.count <= Connection.longLineBytes,
      text.contains("ping"), let line = try? CommandLine(text)
    else { return false }
    return line.name?.text == "ping" && line.words.isEmpty && line.parameters.isEmpty
  }
}
