import Crypto
import Glibc
import Synchronization

/// Reads folders and digests files, remembering the digest of a file that has not changed.
final class FileTree: Sendable {
  /// A folder with more files than this is no plugin.
  static let maximumFiles = 10_000

  /// What tells a changed file from an unchanged one.
  private struct Stamp: Hashable {
    var device: UInt
    var file: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int

    init(_ status: stat) {
      device = status.st_dev
      file = status.st_ino
      size = status.st_size
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  private let digests = Mutex<[String: (stamp: Stamp, digest: SHA256Digest)]>([:])

  /// The names in a folder, sorted; nil where it cannot be read.
  func names(in folder: String) -> [String]? {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { text in
          unsafe String(cString: text)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The bytes of a regular file of at most `limit` bytes.
  func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachChunk(of: path) { chunk throws(FileProblem) in
      guard bytes.count + chunk.count <= limit else {
        throw FileProblem(path: path, reason: "larger than \(limit) bytes")
      }
      bytes.append(contentsOf: chunk)
    }
    return bytes
  }

  /// SHA-256, in hexadecimal, over the names and contents of a folder's files and of the files
  /// beside it.
  ///
  /// Hidden files, and what Python keeps beside its modules, are left out.
  func fingerprint(
    of folder: String, and others: [String]
  ) throws(FileProblem) -> String {
    var files: [(name: String, path: String)] = []
    try collect(folder, under: "", into: &files)
    files += others.filter { !$0.hasPrefix(folder + "/") }.map { ("/", $0) }
    var hasher = SHA256()
    for (name, path) in files {
      hasher.update(data: Array(name.utf8) + [0])
      unsafe try digest(of: path).withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }
    let digits = Array("0123456789abcdef")
    return String(
      hasher.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private func collect(
    _ folder: String, under prefix: String, into files: inout [(name: String, path: String)]
  ) throws(FileProblem) {
    guard let names = names(in: folder) else { throw FileProblem(path: folder) }
    for name in names where !name.hasPrefix(".") && name != "__pycache__" {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { throw FileProblem(path: path) }
      switch status.st_mode & S_IFMT {
      case S_IFREG: files.append((prefix + name, path))
      case S_IFDIR: try collectInner(path, under: prefix + name + "/", into: &files)
      default: break
      }
      guard files.count <= Self.maximumFiles else {
        throw FileProblem(path: folder, reason: "more than \(Self.maximumFiles) files")
      }
    }
  }

  /// Goes into a folder, but not through a link: one that leads upward would never end.
  private func collectInner(
    _ folder: String, under prefix: String, into files: inout [(name: String, path: String)]
  ) throws(FileProblem) {
    var status = stat()
    guard unsafe lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return }
    try collect(folder, under: prefix, into: &files)
  }

  private func digest(of path: String) throws(FileProblem) -> SHA256Digest {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw FileProblem(path: path) }
    let stamp = Stamp(status)
    if let known = digests.withLock({ $0[path] }), known.stamp == stamp { return known.digest }
    var hasher = SHA256()
    try forEachChunk(of: path) { chunk throws(FileProblem) in hasher.update(data: chunk) }
    let digest = hasher.finalize()
    digests.withLock { $0[path] = (stamp, digest) }
    return digest
  }

  private func forEachChunk(
    of path: String, _ body: (ArraySlice<UInt8>) throws(FileProblem) -> Void
  ) throws(FileProblem) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileProblem(path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileProblem(path: path, reason: "not a regular file")
    }
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return }
      if count > 0 {
        try body(chunk[..<count])
      } else if errno != EINTR {
        throw FileProblem(path: path)
      }
    }
  }
}

/// A file that cannot be read, and why.
struct FileProblem: Error {
  let path: String
  let reason: String

  /// The reason is what the last system call said, unless one is given.
  init(path: String, reason: String? = nil) {
    self.path = path
    self.reason = reason ?? OperatingSystem.describe(errno: errno)
  }
}
