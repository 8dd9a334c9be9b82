import Foundation
import JSON
import PluginProtocol
import Synchronization

/// A socket that answers canned lines, so that the client is tested against nothing but bytes.
///
/// Commands: `echo TEXT` answers a document with that title, `tall N` a table, `held` only when it
/// is cancelled, `deaf` never, `gone` by closing the connection, `half` with an answer before its
/// own, anything else with a failure that points at the first word.
final class FakeDaemon: Sendable {
  let path: String
  private let folder: String
  private let listener: Int32
  private let isStopped = Mutex(false)
  private let received = Mutex<[String]>([])

  init() throws {
    folder = NSTemporaryDirectory() + "doublet-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    path = folder + "/s"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(listener, $0, size)
      }
    }
    guard bound == 0, listen(listener, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { break }
        Thread.detachNewThread { self.serve(connection) }
      }
      // Not before: the number may be another daemon's by the time this thread looks again.
      close(listener)
    }
  }

  func stop() {
    guard
      isStopped.withLock({ stopped in
        defer { stopped = true }; return !stopped
      })
    else {
      return
    }
    shutdown(listener, Int32(SHUT_RDWR))
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The folder is a home for the client, too.
  var home: String { folder }

  /// The lines of commands, in the order they came.
  var commands: [String] { received.withLock { $0 } }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var pending: [UInt8] = []
    var held: [JSONValue] = []
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe recv(connection, $0.baseAddress, $0.count, 0)
      }
      guard count > 0 else { return }
      pending += chunk[..<count]
      while let end = pending.firstIndex(of: 0x0A) {
        let line = pending[..<end]
        pending = Array(pending[(end + 1)...])
        guard let request = try? JSONValue(parsing: line) else { return }
        guard let answers = answers(to: request, held: &held) else {
          return
        }
        let lines: [UInt8] = Array(answers.map { $0.bytes + [0x0A] }.joined())
        _ = unsafe lines.withUnsafeBytes {
          unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
      }
    }
  }

  private func answers(to request: JSONValue, held: inout [JSONValue]) -> [JSONValue]? {
    let id = request["id"] ?? .null
    switch request["method"]?.string {
    case "command":
      let line = request["params"]?["line"]?.string ?? ""
      received.withLock { $0.append(line) }
      return answers(toCommand: line, id: id, held: &held)
    case "run.cancel":
      defer { held = [] }
      return [Wire.answer(id: id, result: [:])]
        + held.map { Wire.failure(id: $0, code: Wire.cancelledCode, message: "cancelled") }
    case "catalog": return [Wire.answer(id: id, result: Self.catalog)]
    default: return [Wire.failure(id: id, code: -32601, message: "no such method")]
    }
  }

  private func answers(
    toCommand line: String, id: JSONValue, held: inout [JSONValue]
  ) -> [JSONValue]? {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    switch words.first {
    case "echo": return [Wire.answer(id: id, result: Self.document(title: line))]
    case "use", "set": return [Wire.answer(id: id, result: Self.document(title: line))]
    case "tall":
      let rows = (1...(Int(words[1]) ?? 1)).map { JSONValue.array([.integer(Int64($0))]) }
      return [Wire.answer(id: id, result: Self.table(rows))]
    case "held":
      held.append(id)
      return [
        Wire.notification(
          method: "progress", parameters: ["id": id, "fraction": 0.5, "message": "replicates"])
      ]
    case "deaf": return []
    case "gone": return nil
    case "half":
      return [
        Wire.answer(id: 9999, result: [:]), Wire.notification(method: "news", parameters: [:]),
        Wire.answer(id: id, result: Self.document(title: "whole")),
      ]
    default:
      return [
        Wire.failure(
          id: id, code: -32602, message: "there is no command",
          data: [
            "kind": "command.unknown",
            "at": ["offset": 0, "length": .integer(Int64(words.first?.count ?? 0))],
          ])
      ]
    }
  }

  private static func document(title: String) -> JSONValue {
    (try? JSONValue(encoding: ResultDocument(analysis: "echo", title: title))) ?? .null
  }

  private static func table(_ rows: [[JSONValue]]) -> JSONValue {
    var document = ResultDocument(analysis: "tall")
    document.tables = [
      .init(name: "t", title: "", columns: [.init("x", "X", .count)], rows: rows)
    ]
    return (try? JSONValue(encoding: document)) ?? .null
  }

  private static func table(_ rows: [JSONValue]) -> JSONValue {
    table(rows.compactMap(\.array))
  }

  private static let catalog: JSONValue = [
    "commands": [
      [
        "name": "echo", "summary": "", "usage": "echo TEXT", "data": "none", "parameters": [],
        "examples": [], "words": ["loud", "low"],
      ]
    ], "datasets": [], "runs": [], "plugins": [],
  ]
}
