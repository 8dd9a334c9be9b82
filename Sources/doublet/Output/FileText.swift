import Glibc

/// Whole files, without Foundation: it would take longer to load than most commands to answer.
enum FileText {
  /// A file's bytes; nil where it cannot be read, with `errno` set.
  static func bytes(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return bytes(descriptor)
  }

  /// Everything up to the end of a descriptor.
  static func bytes(_ descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  static func read(_ path: String) -> String? {
    bytes(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes a folder and those above it, where they are missing.
  static func makeFolder(_ parts: [String], mode: mode_t) {
    var path = ""
    for part in parts {
      path += "/" + part
      _ = unsafe mkdir(path, mode)
    }
  }
}
