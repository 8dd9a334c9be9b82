import Glibc
import JSON
import PluginProtocol
import Synchronization

/// The pipe to the host: lines in on one descriptor, lines out on another.
final class HostConnection: Sendable {
  private let input: CInt
  private let output: CInt
  /// Whether a host started this process; otherwise somebody tries it by hand.
  let hasHost: Bool
  /// Keeps lines whole when several threads write.
  private let writing = Mutex(())

  init() {
    hasHost = Self.isChannel(3) && Self.isChannel(4)
    input = hasHost ? 3 : STDIN_FILENO
    output = hasHost ? 4 : STDOUT_FILENO
  }

  /// Whether a descriptor is a pipe or a socket.
  ///
  /// That it is open proves nothing: the runtime opens descriptors of its own, from 3 up, before
  /// `main` begins.
  private static func isChannel(_ descriptor: CInt) -> Bool {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return false }
    return [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  func send(_ message: JSONValue) {
    var line = message.bytes
    line.append(UInt8(ascii: "\n"))
    writing.withLock { _ in
      var sent = 0
      while sent < line.count {
        let count = unsafe line.withUnsafeBytes { bytes in
          unsafe write(output, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
        }
        if count >= 0 {
          sent += count
        } else if errno != EINTR {
          // Nobody is left to read: the reader will see the end of the input, too.
          return
        }
      }
    }
  }

  /// Hands every line to `receive` until the input ends; blocks its thread.
  func readLines(_ receive: (Result<[UInt8], LineBuffer.LineTooLong>) -> Void) {
    var buffer = LineBuffer()
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { bytes in
        unsafe read(input, bytes.baseAddress, bytes.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      buffer.append(chunk[..<count])
      do throws(LineBuffer.LineTooLong) {
        while let line = try buffer.next() { receive(.success(line)) }
      } catch {
        return receive(.failure(error))
      }
    }
  }
}
