internal import FoundationEssentials
internal import Glibc

/// A file being written under a name nobody looks for.
struct DraftFile {
  struct Failure: Error { let reason: String }

  let path: String
  private let folder: String

  private static let prefix = ".draft-"

  init(in folder: String) {
    self.folder = folder
    path = "\(folder)/\(Self.prefix)\(getpid())-\(UInt64.random(in: 0...(.max))).sqlite"
  }

  /// Syncs the file, makes it readable by its owner only, and gives it its name.
  func publish(as target: String) throws(Failure) {
    try sync(path, O_RDONLY)
    try check(unsafe chmod(path, 0o400))
    try check(unsafe rename(path, target))
    try sync(folder, O_RDONLY | O_DIRECTORY)
  }

  func remove() { _ = unsafe unlink(path) }

  private func sync(_ path: String, _ flags: CInt) throws(Failure) {
    let descriptor = unsafe open(path, flags | O_CLOEXEC)
    try check(descriptor)
    defer { close(descriptor) }
    try check(fsync(descriptor))
  }

  private func check(_ result: CInt) throws(Failure) {
    if result < 0 { throw Failure(reason: SourceFile.reason(errno)) }
  }

  /// Removes drafts of processes that are no more.
  static func removeAbandoned(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      guard let process = pid_t(name.dropFirst(prefix.count).prefix { $0.isNumber }),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      _ = unsafe unlink("\(folder)/\(name)")
    }
  }
}
