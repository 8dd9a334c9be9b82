import Glibc

/// Small files, read whole.
enum TextFile {
  struct Unreadable: Error, CustomStringConvertible {
    let errno: CInt
    var description: String { unsafe String(cString: strerror(errno)) }
  }

  static func read(_ path: String) -> Result<[UInt8], Unreadable> {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(Unreadable(errno: errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { return .failure(Unreadable(errno: errno)) }
      guard count > 0 else { return .success(bytes) }
      bytes.append(contentsOf: chunk.prefix(count))
    }
  }
}
