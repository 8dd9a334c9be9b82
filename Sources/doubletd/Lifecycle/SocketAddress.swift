import Glibc

/// The address of a Unix socket.
struct SocketAddress {
  private var address = sockaddr_un()
  private let length: socklen_t

  /// - Throws: ``DaemonError/socketPathTooLong(path:bytes:limit:)``; Linux would cut the path.
  init(path: String) throws(DaemonError) {
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    let bytes = Array(path.utf8)
    guard bytes.count < capacity else {
      throw .socketPathTooLong(path: path, bytes: bytes.count, limit: capacity - 1)
    }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    length = socklen_t(MemoryLayout<sockaddr_un>.size)
  }

  /// An address in the abstract namespace, which has no file (unix(7)).
  init?(abstract name: [UInt8]) {
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard name.count < capacity else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: [0] + name) }
    length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.count)
  }

  /// A new Unix socket that children do not inherit; negative on failure.
  static func socket(_ type: __socket_type, also flag: __socket_type? = nil) -> CInt {
    let flags = type.rawValue | SOCK_CLOEXEC.rawValue | (flag?.rawValue ?? 0)
    return Glibc.socket(AF_UNIX, CInt(flags), 0)
  }

  func connect(_ descriptor: CInt) -> Bool {
    unsafe withPointer { unsafe Glibc.connect(descriptor, $0, length) == 0 }
  }

  func bind(_ descriptor: CInt) -> Bool {
    unsafe withPointer { unsafe Glibc.bind(descriptor, $0, length) == 0 }
  }

  private func withPointer<T>(_ body: (UnsafePointer<sockaddr>) -> T) -> T {
    unsafe withUnsafePointer(to: address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
    }
  }
}
