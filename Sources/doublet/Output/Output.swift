import Glibc

/// Where results go: standard output, a file, or a pager.
struct Output {
  /// Writes all of it.
  ///
  /// - Throws: ``Failure`` with what the system said.
  static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) throws(Failure) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw Failure(errno: errno)
      }
    }
  }

  /// A message; there is nobody to tell when it cannot be written.
  static func say(_ text: String) { try? write(text.utf8, to: STDERR_FILENO) }

  struct Failure: Error, Hashable, CustomStringConvertible {
    let errno: Int32

    var description: String {
      let words = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
      return "the output could not be written: \(words)"
    }
  }
}
