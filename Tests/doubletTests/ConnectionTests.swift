import ClientProtocol
import Glibc
import JSON
import Testing

@testable import doublet

struct ConnectionTests {
  @Test("cuts lines however they arrive", arguments: 1...12)
  func lines(chunk: Int) throws {
    var buffer = LineBuffer(limitBytes: 8)
    var lines: [String] = []
    let bytes = Array("one\n\ntwo two\nthree\nrest".utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      buffer.append(bytes[start..<min(start + chunk, bytes.count)])
      while let line = try buffer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    #expect(lines == ["one", "", "two two", "three"])
  }

  @Test func refusesALineWithoutEnd() throws {
    var buffer = LineBuffer(limitBytes: 3)
    buffer.append(Array("abc".utf8))
    #expect(try buffer.next() == nil)
    buffer.append(Array("d".utf8))
    #expect(throws: LineBuffer.TooLong(limitBytes: 3)) { try buffer.next() }
    var whole = LineBuffer(limitBytes: 3)
    whole.append(Array("abcd\n".utf8))
    #expect(throws: LineBuffer.TooLong(limitBytes: 3)) { try whole.next() }
  }

  @Test(
    arguments: [
      (
        #"{"jsonrpc":"2.0","id":7,"result":{"x": 1.50}}"#,
        .result(id: 7, Array(#"{"x": 1.50}"#.utf8))
      ),
      (
        #"{"id":7,"error":{"code":-1,"message":"no"}}"#,
        .failure(
          id: 7, CommandFailure(.internal, "no"), error: ["code": -1, "message": "no"])
      ),
      (
        #"{"id":7,"error":{}}"#,
        .failure(id: 7, CommandFailure(.internal, "the daemon gave no reason"), error: [:])
      ),
      (
        #"{"method":"progress","params":{"id":7,"fraction":1.5,"message":"m","secondsLeft":2}}"#,
        .progress(id: 7, .init(fraction: 1, message: "m", secondsLeft: 2))
      ),
      (#"{"method":"progress","params":{"id":7,"fraction":"NaN"}}"#, .other),
      (#"{"method":"progress","params":{"id":"x","fraction":0.5}}"#, .other),
      (#"{"method":"log","params":{}}"#, .other), (#"{"id":null,"result":{}}"#, .other),
    ] as [(String, DaemonMessage)])
  func reads(line: String, message: DaemonMessage) throws {
    #expect(try DaemonMessage(line: Array(line.utf8)) == message)
  }

  @Test func refusesWhatIsNoObject() {
    #expect(throws: DaemonMessage.Malformed(reason: "byte 1: expected an object")) {
      try DaemonMessage(line: Array("hello".utf8))
    }
  }

  @Test(
    arguments: [
      (.noHome, "neither HOME nor the XDG variables are set; name the socket with --socket"),
      (.pathTooLong("/x"), "/x: a socket's path holds at most 107 bytes"),
      (.unreachable(path: "/s", errno: ENOENT), "no daemon at /s: there is no such socket"),
      (.unreachable(path: "/s", errno: ECONNREFUSED), "no daemon at /s: nobody listens there"),
      (.unreachable(path: "/s", errno: EACCES), "no daemon at /s: Permission denied"),
      (.closed, "the daemon closed the connection"),
      (.broken(errno: EIO), "the connection to the daemon broke: Input/output error"),
      (.lineTooLong(limitBytes: 64 << 20), "the daemon sent a line of more than 64 MiB"),
      (.nonsense("byte 1"), "the daemon sent what is not JSON: byte 1"),
      (.noExecutable(searched: "/a"), "doubletd is neither in /a nor on the PATH"),
      (.notStarted(executable: "/d", errno: ENOEXEC), "/d did not start: Exec format error"),
      (
        .died(executable: "/d", log: "/l", tail: ["a", "b"]),
        "/d ended at once; its log /l says:\n  a\n  b"
      ),
      (
        .slowToStart(seconds: 5, log: "/l"),
        "the daemon was started but did not answer within 5 s; see /l"
      ),
    ] as [(ConnectionFailure, String)])
  func explains(failure: ConnectionFailure, sentence: String) {
    #expect("\(failure)" == sentence)
  }

  @Test func matchesAnswersToRequests() throws {
    let daemon = try FakeDaemon()
    defer { daemon.stop() }
    let link = DaemonLink { () throws(ConnectionFailure) in
      try DaemonConnection(path: daemon.path)
    }
    let held = try link.send(.command, ["line": "held"])
    let forgotten = try link.send(.command, ["line": "echo forgotten"])
    let echo = try link.send(.command, ["line": "echo"])
    link.abandon(forgotten)
    #expect(try title(of: link.next(for: echo)) == "echo")
    let cancel = try link.send(.runCancel, ["request": .integer(held)])
    let last = try link.send(.command, ["line": "echo last"])
    #expect(try title(of: link.next(for: last)) == "echo last")
    // Both came while the last was waited for.
    guard case .answer(.failure(let failure)) = try link.next(for: held),
      case .answer(.success) = try link.next(for: cancel)
    else {
      Issue.record("expected a cancelled run and the answer to its cancellation")
      return
    }
    #expect(failure.failure.message == "cancelled")
    guard case .timedOut = try link.next(for: forgotten, milliseconds: 0) else {
      Issue.record("an abandoned answer was kept")
      return
    }
  }

  private func title(of event: DaemonLink.Event) throws -> String? {
    guard case .answer(.success(let bytes)) = event else { return nil }
    return try JSONValue(parsing: bytes)["title"]?.string
  }

  @Test func takesInALineLongerThanTheSocketHolds() throws {
    let daemon = try FakeDaemon()
    defer { daemon.stop() }
    let link = DaemonLink { () throws(ConnectionFailure) in
      try DaemonConnection(path: daemon.path)
    }
    let text = String(repeating: "x", count: 1 << 19)
    let id = try link.send(.command, ["line": .string("echo " + text)])
    #expect(try title(of: link.next(for: id)) == "echo " + text)
  }
}
