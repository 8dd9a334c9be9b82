import Glibc

/// A listening socket handed over by systemd (sd_listen_fds(3)).
enum SocketActivation {
  private static let firstDescriptor: CInt = 3

  /// The descriptor, when this process was started for one; nil otherwise.
  ///
  /// It is moved out of the way of the descriptors plugins are given. The variables are removed,
  /// because they are not for the daemon's children.
  static func takeDescriptor() throws(DaemonError) -> CInt? {
    defer { for name in ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"] { unsafe unsetenv(name) } }
    guard let pid = environment("LISTEN_PID"), Int32(pid) == getpid(),
      let count = environment("LISTEN_FDS").flatMap({ Int($0) }), count > 0
    else { return nil }
    guard count == 1 else {
      throw .activationUnusable(reason: "there are \(count) and doubletd serves one")
    }
    guard option(SO_DOMAIN) == AF_UNIX, option(SO_TYPE) == CInt(SOCK_STREAM.rawValue) else {
      throw .activationUnusable(reason: "it is no Unix stream socket")
    }
    guard option(SO_ACCEPTCONN) == 1 else {
      throw .activationUnusable(reason: "it does not listen")
    }
    let moved = fcntl(firstDescriptor, F_DUPFD_CLOEXEC, 10)
    guard moved >= 0 else {
      throw .activationUnusable(reason: unsafe String(cString: strerror(errno)))
    }
    close(firstDescriptor)
    return moved
  }

  /// Where a handed-over socket is; nil when it has no file.
  static func path(of descriptor: CInt) -> String? {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isKnown = unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isKnown else { return nil }
    let bytes = unsafe withUnsafeBytes(of: address.sun_path) { unsafe Array($0) }
    let path = bytes.prefix { $0 != 0 }
    return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
  }

  private static func option(_ name: CInt) -> CInt? {
    var value: CInt = 0
    var length = socklen_t(MemoryLayout<CInt>.size)
    guard unsafe getsockopt(firstDescriptor, SOL_SOCKET, name, &value, &length) == 0
    else { return nil }
    return value
  }
}
