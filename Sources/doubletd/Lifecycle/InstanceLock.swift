import Glibc

/// Keeps a second daemon from starting on the same folder or socket.
///
/// The type cannot be copied, so the lock is held by exactly one owner and given up when that
/// owner ends, however it ends. The file stays: to remove it would let two daemons lock two
/// files of one name.
struct InstanceLock: ~Copyable {
  enum Failure: Error, Hashable {
    /// Another process holds it; nil when the file does not say which.
    case held(pid: Int32?)
    case unusable(errno: CInt)
  }

  private let descriptor: CInt

  init(path: String) throws(Failure) {
    let descriptor = unsafe open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .unusable(errno: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      let holder = Self.pid(in: descriptor)
      close(descriptor)
      throw reason == EWOULDBLOCK ? .held(pid: holder) : .unusable(errno: reason)
    }
    Self.write(getpid(), to: descriptor)
    // Last, because `deinit` runs once every property is set, even if `init` then throws.
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Gives the lock up, at a place one can read.
  consuming func release() {}

  private static func pid(in descriptor: CInt) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let capacity = bytes.count
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe pread(descriptor, $0.baseAddress, capacity, 0)
    }
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self))
  }

  private static func write(_ pid: Int32, to descriptor: CInt) {
    let text = Array("\(pid)\n".utf8)
    // Only the words of an error message depend on it, so a full disk does not matter.
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }
}
