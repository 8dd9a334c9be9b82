import Glibc

/// Keeps a second daemon from starting on the same socket.
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
      let holder = LockOwner.pid(in: path)
      close(descriptor)
      throw reason == EWOULDBLOCK ? .held(pid: holder) : .unusable(errno: reason)
    }
    LockOwner.note(in: descriptor)
    // Last, because `deinit` runs once every property is set, even if `init` then throws.
    self.descriptor = descriptor
  }

  deinit {
    // A child process that has been forked and has not come to its `exec` shares the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Gives the lock up, at a place one can read.
  consuming func release() {}
}
