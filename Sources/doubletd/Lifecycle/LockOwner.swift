import Glibc

/// Which process holds a lock, as it has noted in the lock's file.
///
/// Only the words of a message depend on it, so a note that cannot be made or read is no error.
enum LockOwner {
  /// Notes this process in the file of a lock it holds.
  static func note(in path: String) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    note(in: descriptor)
  }

  static func note(in descriptor: CInt) {
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  static func pid(in path: String) -> Int32? {
    guard case .success(let bytes) = TextFile.read(path) else { return nil }
    return Int32(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
  }
}
