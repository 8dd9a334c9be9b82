/// One kind of request to one kind of server.
struct Conversation {
  let name: String
  let path: String
  /// Sent once, before anything is timed.
  var greeting: [UInt8]?
  /// Whether the server speaks first.
  var isGreeted = false
  let request: (Int) -> [UInt8]
  let isComplete: ([UInt8]) -> Bool
  /// Whether the answer is the right one; a fast error is no result.
  var isRight: ([UInt8]) -> Bool = { _ in true }

  func connect() throws -> LineClient {
    let client = try LineClient(path: path)
    if isGreeted { _ = try client.receive() }
    if let greeting { try client.roundTrip(greeting, until: isComplete) }
    return client
  }

  static func endsLine(_ answer: [UInt8]) -> Bool { answer.last == UInt8(ascii: "\n") }
}

extension Conversation {
  /// A command line to the daemon.
  static func doublet(_ name: String, _ path: String, _ line: @escaping (Int) -> String) -> Self {
    Self(
      name: "doubletd \(name)", path: path, request: { Array("\(line($0))\n".utf8) },
      isComplete: endsLine, isRight: { String(decoding: $0, as: UTF8.self).contains("\"result\"") })
  }

  static func redis(_ path: String) -> Self {
    Self(
      name: "redis PING", path: path, request: { _ in Array("PING\r\n".utf8) },
      isComplete: endsLine, isRight: { $0 == Array("+PONG\r\n".utf8) })
  }

  /// Rserve's QAP1: a 16-byte header, then one string parameter (Rserve developer documentation).
  static func rserve(_ path: String) -> Self {
    let text = Array("1+1\0".utf8)
    let parameter: [UInt8] = [4, UInt8(text.count), 0, 0] + text
    let header: [UInt8] = [3, 0, 0, 0, UInt8(parameter.count)] + [UInt8](repeating: 0, count: 11)
    return Self(
      name: "Rserve 1+1", path: path, isGreeted: true, request: { _ in header + parameter },
      isComplete: { answer in
        answer.count >= 16
          && answer.count >= 16 + Int(answer[4]) + Int(answer[5]) << 8 + Int(answer[6]) << 16
      },
      isRight: { $0.first == 1 })
  }

  /// PostgreSQL's simple query protocol, as a user who is trusted.
  static func postgres(_ path: String) -> Self {
    func message(_ kind: String, _ body: [UInt8]) -> [UInt8] {
      let length = body.count + 4
      return Array(kind.utf8) + [0, 0, UInt8(length >> 8), UInt8(length & 255)] + body
    }
    let startup = [0, 3, 0, 0] + Array("user\0postgres\0database\0postgres\0\0".utf8)
    return Self(
      name: "PostgreSQL select 1", path: path, greeting: message("", startup),
      request: { _ in message("Q", Array("select 1\0".utf8)) },
      // ReadyForQuery: 'Z', a length of 5, and the state of the transaction.
      isComplete: { $0.suffix(6).starts(with: [UInt8(ascii: "Z"), 0, 0, 0, 5]) },
      isRight: { $0.first == UInt8(ascii: "T") })
  }
}
