import ClientProtocol
import Glibc

/// A file a command writes for the client.
struct OutputFile: Sendable {
  /// Absolute.
  let path: String
  let range: Range<Int>?
  let overwrites: Bool

  /// A relative path is below the client's folder.
  init(
    _ path: String, _ folder: String?, at range: Range<Int>?, overwrites: Bool
  ) throws(CommandFailure) {
    self.path = try ClientPath.absolute(path, folder, at: range)
    self.range = range
    self.overwrites = overwrites
  }

  /// What follows the last dot of the name, in lower case.
  var ending: String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// Refuses before the work what would be refused after it.
  func checkIsFree() throws(CommandFailure) {
    var facts = stat()
    if !overwrites, unsafe lstat(path, &facts) == 0 { throw isThere }
  }

  /// Writes the whole file, or leaves what was there as it was.
  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    let draft = path + ".\(getpid())-\(UInt64.random(in: 0...(.max)))"
    let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    let problem = Self.fill(descriptor, bytes)
    close(descriptor)
    defer { unsafe unlink(draft) }
    if let problem { throw failure(problem) }
    // A link, unlike a renaming, does not replace what appeared in the meantime.
    let isDone =
      overwrites ? unsafe rename(draft, path) == 0 : unsafe link(draft, path) == 0
    guard isDone else { throw errno == EEXIST ? isThere : failure(errno) }
  }

  private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32? {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return errno }
      start += written
    }
    return fsync(descriptor) == 0 ? nil : errno
  }

  private var isThere: CommandFailure {
    CommandFailure(
      .file, "\(path) is there already", at: range,
      expected: "another path, or force=yes to replace it")
  }

  private func failure(_ code: Int32) -> CommandFailure {
    CommandFailure(
      .file, "\(path) cannot be written: \(unsafe String(cString: strerror(code)))", at: range)
  }
}
