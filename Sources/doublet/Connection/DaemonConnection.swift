import Glibc
import PluginProtocol

/// A connection to the daemon's socket.
final class DaemonConnection {
  /// What waiting for the daemon came to.
  enum Event: Hashable {
    case line([UInt8])
    /// The wake descriptor became readable.
    case woken
    case timedOut
  }

  private let descriptor: Int32
  private var buffer = LineBuffer(limitBytes: Wire.maximumLineBytes)
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  init(path: String) throws(ConnectionFailure) {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw .broken(errno: errno) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < capacity, !bytes.contains(0) else { throw .pathTooLong(path) }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    guard result == 0 else { throw .unreachable(path: path, errno: errno) }
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw .broken(errno: errno) }
  }

  deinit { close(descriptor) }

  /// Sends a whole line.
  ///
  /// What the daemon says meanwhile is taken in, so that neither side waits for the other.
  func send(line: [UInt8]) throws(ConnectionFailure) {
    var rest = (line + [UInt8(ascii: "\n")])[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        _ = try poll(for: POLLIN | POLLOUT, wake: -1, milliseconds: -1)
        try receive()
      } else if errno != EINTR {
        throw errno == EPIPE || errno == ECONNRESET ? .closed : .broken(errno: errno)
      }
    }
  }

  /// The next line, or why there is none yet; `wake` is a descriptor that ends the wait when it
  /// becomes readable, or -1.
  func next(milliseconds: Int32 = -1, wake: Int32 = -1) throws(ConnectionFailure) -> Event {
    while true {
      do {
        if let line = try buffer.next() { return .line(line) }
      } catch {
        throw .lineTooLong(limitBytes: error.limitBytes)
      }
      let ready = try poll(for: POLLIN, wake: wake, milliseconds: milliseconds)
      if ready.isWoken { return .woken }
      guard ready.isReadable else { return .timedOut }
      try receive()
    }
  }

  private func poll(
    for events: Int32, wake: Int32, milliseconds: Int32
  ) throws(ConnectionFailure) -> (isReadable: Bool, isWoken: Bool) {
    var descriptors = [
      pollfd(fd: descriptor, events: Int16(events), revents: 0),
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    let count = unsafe Glibc.poll(&descriptors, 2, milliseconds)
    guard count >= 0 || errno == EINTR else { throw .broken(errno: errno) }
    guard count > 0 else { return (false, false) }
    return (descriptors[0].revents != 0, descriptors[1].revents != 0)
  }

  private func receive() throws(ConnectionFailure) {
    let count = unsafe chunk.withUnsafeMutableBytes {
      unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
    }
    if count > 0 { return buffer.append(chunk[..<count]) }
    guard count < 0 else { throw .closed }
    guard errno != EAGAIN, errno != EINTR else { return }
    throw errno == ECONNRESET ? .closed : .broken(errno: errno)
  }
}
