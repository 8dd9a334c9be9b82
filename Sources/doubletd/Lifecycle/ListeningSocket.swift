import Glibc

/// The socket clients connect to, bound so that no live one is ever taken away.
///
/// A lock beside the socket is held for life and settles who may bind: a socket that refuses
/// connections may be dead, or alive with a full backlog. The socket is then probed all the same,
/// for a daemon that knows nothing of the lock.
struct ListeningSocket: ~Copyable {
  static let backlog: CInt = 1024

  let file: SocketFile
  let descriptor: CInt
  private let lock: InstanceLock?

  /// A socket that was handed over bound and listening; it stays when the daemon ends.
  init(activated descriptor: CInt, path: String) {
    file = SocketFile(path: path, isOwned: false)
    self.descriptor = descriptor
    lock = nil
  }

  init(path: String) throws(DaemonError) {
    let address = try SocketAddress(path: path)
    try Folder.create(Self.parent(of: path), role: "socket")
    let lock: InstanceLock
    do {
      lock = try InstanceLock(path: path + ".lock")
    } catch {
      switch error {
      case .held(let pid): throw .socketInUse(path: path, pid: pid)
      case .unusable(let errno): throw .socketUnusable(path: path, step: "lock", errno: errno)
      }
    }
    try Self.clear(path, address)
    descriptor = try Self.bind(path, address)
    file = SocketFile(path: path, isOwned: true)
    self.lock = consume lock
  }

  /// Removes the file and gives up the lock; the descriptor is its server's to close.
  consuming func release() { file.unlink() }

  /// Removes a socket nobody listens on; refuses anything else.
  private static func clear(_ path: String, _ address: SocketAddress) throws(DaemonError) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw .socketUnusable(path: path, step: "look", errno: errno)
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
    let probe = SocketAddress.socket(SOCK_STREAM, also: SOCK_NONBLOCK)
    guard probe >= 0 else { throw .socketUnusable(path: path, step: "probe", errno: errno) }
    defer { close(probe) }
    guard !address.connect(probe) else {
      throw .socketInUse(path: path, pid: peerPID(of: probe))
    }
    switch errno {
    case ECONNREFUSED:
      guard unsafe Glibc.unlink(path) == 0 || errno == ENOENT else {
        throw .socketUnusable(path: path, step: "remove the stale one", errno: errno)
      }
    case ENOENT: return
    // The backlog of a live daemon is full.
    case EAGAIN: throw .socketInUse(path: path, pid: nil)
    default: throw .socketUnusable(path: path, step: "probe", errno: errno)
    }
  }

  private static func bind(_ path: String, _ address: SocketAddress) throws(DaemonError) -> CInt {
    let descriptor = SocketAddress.socket(SOCK_STREAM)
    guard descriptor >= 0 else { throw .socketUnusable(path: path, step: "socket", errno: errno) }
    let mask = umask(0o177)
    let isBound = address.bind(descriptor)
    let reason = errno
    umask(mask)
    guard isBound else {
      close(descriptor)
      throw .socketUnusable(path: path, step: "bind", errno: reason)
    }
    guard listen(descriptor, backlog) == 0 else {
      let reason = errno
      close(descriptor)
      throw .socketUnusable(path: path, step: "listen", errno: reason)
    }
    return descriptor
  }

  private static func peerPID(of descriptor: CInt) -> Int32? {
    // struct ucred: pid, uid, gid.
    var credentials: [3 of Int32] = [0, 0, 0]
    var length = socklen_t(MemoryLayout<[3 of Int32]>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0
    else { return nil }
    return credentials[0]
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
