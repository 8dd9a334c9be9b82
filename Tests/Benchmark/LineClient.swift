import Glibc

/// Why a measurement could not be made.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String
}

/// A blocking Unix-socket client of any server that answers requests.
final class LineClient {
  private let descriptor: CInt
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(path: String) throws {
    descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
      unsafe target.copyBytes(from: path.utf8.prefix(target.count - 1))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    guard result == 0 else { throw BenchmarkFailure(description: "cannot connect to \(path)") }
  }

  deinit { close(descriptor) }

  var file: CInt { descriptor }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { throw BenchmarkFailure(description: "the server hung up") }
      sent += count
    }
  }

  /// Reads what there is; at least one byte.
  func receive() throws -> ArraySlice<UInt8> {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count > 0 else { throw BenchmarkFailure(description: "the server hung up") }
    return buffer[..<count]
  }

  /// Sends a request and reads until its answer is complete.
  @discardableResult
  func roundTrip(_ request: [UInt8], until isComplete: ([UInt8]) -> Bool) throws -> [UInt8] {
    try send(request)
    var answer = Array(try receive())
    while !isComplete(answer) { answer += try receive() }
    return answer
  }
}
