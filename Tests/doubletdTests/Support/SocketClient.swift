import Dispatch
import Foundation
import JSON

@testable import doubletd

/// A client as people write them: blocking reads and writes, each on a queue of its own.
final class SocketClient: Sendable {
  struct Failure: Error {
    let step: String
    let errno: CInt
  }

  let descriptor: CInt
  private let sending = DispatchQueue(label: "client sends")
  private let receiving = DispatchQueue(label: "client receives")
  private let buffer = Buffer()

  /// Only touched on the receiving queue.
  private final class Buffer: @unchecked Sendable { var bytes: [UInt8] = [] }

  init(_ path: String, receiveBufferBytes: CInt? = nil) throws {
    descriptor = SocketAddress.socket(SOCK_STREAM)
    guard try SocketAddress(path: path).connect(descriptor) else {
      throw Failure(step: "connect", errno: errno)
    }
    // Only so that a broken server fails a test instead of hanging it.
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(
        descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  deinit { close(descriptor) }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) async throws {
    try await on(sending) { [descriptor] in
      var sent = 0
      while sent < bytes.count {
        let count = unsafe bytes[sent...].withUnsafeBytes {
          unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
        guard count > 0 else { throw Failure(step: "send", errno: errno) }
        sent += count
      }
    }
  }

  /// The next line without its end; nil when the server has closed.
  func line() async throws -> String? {
    try await on(receiving) { [descriptor, buffer] in
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      var searched = 0
      while true {
        if let end = buffer.bytes[searched...].firstIndex(of: 0x0A) {
          defer { buffer.bytes.removeFirst(end + 1) }
          return String(decoding: buffer.bytes[..<end], as: UTF8.self)
        }
        searched = buffer.bytes.count
        let count = unsafe chunk.withUnsafeMutableBytes {
          unsafe read(descriptor, $0.baseAddress, $0.count)
        }
        if count == 0 || (count < 0 && errno == ECONNRESET) { return nil }
        guard count > 0 else { throw Failure(step: "read", errno: errno) }
        buffer.bytes.append(contentsOf: chunk[..<count])
      }
    }
  }

  func answer() async throws -> JSONValue? {
    try await line().map { try JSONValue(parsing: $0) }
  }

  /// Every line until the server closes.
  func rest() async throws -> [String] {
    var lines: [String] = []
    while let line = try await line() { lines.append(line) }
    return lines
  }

  /// Says that nothing more comes, and listens on.
  func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

  /// Leaves for good.
  func leave() { shutdown(descriptor, CInt(SHUT_RDWR)) }

  private func on<T: Sendable>(
    _ queue: DispatchQueue, _ body: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}

extension SocketClient {
  /// Sends one request and takes the line that comes next.
  func request(_ method: String, id: JSONValue = 1, _ parameters: JSONValue = [:]) async throws
    -> JSONValue?
  {
    try await post(method, id: id, parameters)
    return try await answer()
  }

  func post(_ method: String, id: JSONValue? = 1, _ parameters: JSONValue = [:]) async throws {
    var request: JSONObject = ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
    request["id"] = id
    try await send(JSONValue.object(request).text + "\n")
  }

  func command(_ line: String, id: JSONValue?) async throws {
    try await post("command", id: id, ["line": .string(line)])
  }
}
