internal import FoundationEssentials
internal import Glibc

/// Files written where nobody looks, to be moved to their place once they are known to be good.
struct ExportDraft {
  /// The hidden folder they are in.
  let folder: String
  let paths: [String]

  private let target: String
  private let hasMadeTarget: Bool

  /// Writes the files in a folder of their own inside the target, which is made if need be.
  init(_ files: [(name: String, bytes: [UInt8])], in target: String) throws(ExportFailure) {
    self.target = target
    hasMadeTarget = unsafe mkdir(target, 0o777) == 0
    guard hasMadeTarget || errno == EEXIST else {
      throw .cannotWrite(path: target, reason: SourceFile.reason(errno))
    }
    folder = "\(target)/.export-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    paths = files.map { [folder] in "\(folder)/\($0.name)" }
    guard unsafe mkdir(folder, 0o700) == 0 else {
      throw .cannotWrite(path: target, reason: SourceFile.reason(errno))
    }
    do throws(ExportFailure) {
      for (path, file) in zip(paths, files) { try Self.write(file.bytes, path, of: target) }
    } catch {
      remove()
      if hasMadeTarget { _ = unsafe rmdir(target) }
      throw error
    }
  }

  private static func write(
    _ bytes: [UInt8], _ path: String, of target: String
  ) throws(ExportFailure) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .cannotWrite(path: target, reason: SourceFile.reason(errno))
    }
    defer { close(descriptor) }
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw .cannotWrite(path: target, reason: SourceFile.reason(errno))
      }
      start += written
    }
    guard fsync(descriptor) == 0 else {
      throw .cannotWrite(path: target, reason: SourceFile.reason(errno))
    }
  }

  /// Moves the files to their place.
  func publish() throws(ExportFailure) {
    for path in paths {
      let name = path.dropFirst(folder.utf8.count)
      guard unsafe rename(path, target + name) == 0 else {
        throw .cannotWrite(path: target + name, reason: SourceFile.reason(errno))
      }
    }
  }

  /// Removes the hidden folder, and the target if it was made for nothing.
  func remove() {
    try? FileManager.default.removeItem(atPath: folder)
    if hasMadeTarget { _ = unsafe rmdir(target) }
  }
}
