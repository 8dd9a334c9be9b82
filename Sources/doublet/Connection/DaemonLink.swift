import ClientProtocol
import JSON
import PluginProtocol

/// The way to the daemon: connects when it is needed, again when it was lost, and keeps requests
/// and answers together.
final class DaemonLink {
  typealias Answer = Result<[UInt8], AnswerFailure>

  struct AnswerFailure: Error, Hashable {
    let failure: CommandFailure
    /// The error object as the daemon wrote it.
    let json: JSONValue
  }

  private let connect: () throws(ConnectionFailure) -> DaemonConnection
  private var connection: DaemonConnection?
  private var lastID: Int64 = 0
  /// Answers that came while another was waited for.
  private var early: [Int64: Answer] = [:]
  /// Requests nobody waits for any more.
  private var abandoned: Set<Int64> = []

  init(connect: @escaping () throws(ConnectionFailure) -> DaemonConnection) {
    self.connect = connect
  }

  var isConnected: Bool { connection != nil }

  /// Connects where there is no connection; returns whether it had to.
  func ensureConnected() throws(ConnectionFailure) -> Bool {
    guard connection == nil else { return false }
    connection = try connect()
    early = [:]
    abandoned = []
    return true
  }

  /// Sends a request and returns its id.
  func send(
    _ method: ClientMethod, _ parameters: JSONObject = [:]
  ) throws(ConnectionFailure) -> Int64 {
    _ = try ensureConnected()
    lastID += 1
    let request = Wire.request(
      id: lastID, method: method.rawValue, parameters: .object(parameters))
    try dropOnFailure { connection throws(ConnectionFailure) in
      try connection.send(line: request.bytes)
    }
    return lastID
  }

  /// What waiting for an answer came to.
  enum Event {
    case answer(Answer)
    case progress(DaemonMessage.RunReport)
    case woken
    case timedOut
  }

  /// Waits for the answer to one request, or for what happens before it.
  func next(
    for id: Int64, milliseconds: Int32 = -1, wake: Int32 = -1
  ) throws(ConnectionFailure) -> Event {
    if let answer = early.removeValue(forKey: id) { return .answer(answer) }
    while true {
      let event = try dropOnFailure { connection throws(ConnectionFailure) in
        try connection.next(milliseconds: milliseconds, wake: wake)
      }
      switch event {
      case .woken: return .woken
      case .timedOut: return .timedOut
      case .line(let line):
        if let event = try take(line, for: id) { return event }
      }
    }
  }

  /// Says that nobody will ask for an answer.
  func abandon(_ id: Int64) {
    if early.removeValue(forKey: id) == nil { abandoned.insert(id) }
  }

  func disconnect() { connection = nil }

  private func take(_ line: [UInt8], for wanted: Int64) throws(ConnectionFailure) -> Event? {
    let message: DaemonMessage
    do {
      message = try DaemonMessage(line: line)
    } catch {
      connection = nil
      throw .nonsense(error.reason)
    }
    switch message {
    case .result(let id, let bytes): return settle(id, .success(bytes), wanted)
    case .failure(let id, let failure, let json):
      return settle(id, .failure(AnswerFailure(failure: failure, json: json)), wanted)
    case .progress(let id, let report): return id == wanted ? .progress(report) : nil
    case .other: return nil
    }
  }

  private func settle(_ id: Int64, _ answer: Answer, _ wanted: Int64) -> Event? {
    if id == wanted { return .answer(answer) }
    if abandoned.remove(id) == nil { early[id] = answer }
    return nil
  }

  private func dropOnFailure<R>(
    _ body: (DaemonConnection) throws(ConnectionFailure) -> R
  ) throws(ConnectionFailure) -> R {
    guard let connection else { throw .closed }
    do {
      return try body(connection)
    } catch {
      self.connection = nil
      throw error
    }
  }
}
