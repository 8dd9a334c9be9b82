import Glibc

/// The folder the database lies in: private, on a local disk, and held by one store at a time.
struct DataFolder: ~Copyable {
  /// Without links.
  let path: String
  private let lock: CInt

  /// Makes the folder if it is missing, closes it to others, and takes its lock.
  ///
  /// A second store would take the first one's running runs for those of a crash.
  init(_ folder: String) throws(StoreError) {
    try Self.make(folder)
    let path = try Self.resolved(folder)
    try Self.closeToOthers(path)
    if let type = MountTable(try Self.mounts()).networkType(of: path) {
      throw .networkFolder(path: path, type: type)
    }
    let lockPath = path + "/doublet.lock"
    let lock = unsafe Glibc.open(lockPath, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw Self.failure(lockPath) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(lock)
      throw .inUse(path: path)
    }
    // Last, because `deinit` runs once every property is set, even if `init` then throws.
    self.path = path
    self.lock = lock
  }

  deinit {
    // Closing alone would leave the lock with a child process that has been forked and has not
    // come to its `exec` yet.
    unlock()
    Glibc.close(lock)
  }

  /// Lets another store have the folder before this value ends.
  func unlock() {
    flock(lock, LOCK_UN)
  }

  /// Makes an empty file only its owner can read, for SQLite to fill; an existing one is closed
  /// to others.
  ///
  /// SQLite gives the files beside it the same mode.
  static func makePrivateFile(_ path: String) throws(StoreError) {
    if try makeNewPrivateFile(path) { return }
    guard unsafe chmod(path, 0o600) == 0 else { throw failure(path) }
  }

  /// Makes the file unless it is there, and says which.
  ///
  /// An existing file is never opened here: closing a descriptor drops the locks that SQLite
  /// holds on the file.
  static func makeNewPrivateFile(_ path: String) throws(StoreError) -> Bool {
    let descriptor = unsafe Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor < 0 else {
      Glibc.close(descriptor)
      return true
    }
    guard errno == EEXIST else { throw failure(path) }
    return false
  }

  private static func make(_ folder: String) throws(StoreError) {
    guard !folder.isEmpty else { throw .unusableFolder(path: "", reason: "it has no name") }
    var made = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      made += part + "/"
      guard unsafe mkdir(made, 0o700) == 0 || errno == EEXIST else { throw failure(folder) }
    }
  }

  private static func resolved(_ folder: String) throws(StoreError) -> String {
    guard let path = unsafe realpath(folder, nil) else { throw failure(folder) }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Takes away what others may do; a folder meant for everybody, such as one for temporary files, is refused.
  private static func closeToOthers(_ path: String) throws(StoreError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .unusableFolder(path: path, reason: "it is not a folder")
    }
    guard status.st_mode & 0o002 == 0 else { throw .folderOpenToOthers(path: path) }
    if status.st_mode & 0o077 != 0 {
      guard unsafe chmod(path, 0o700) == 0 else { throw failure(path) }
    }
  }

  private static func mounts() throws(StoreError) -> String {
    let path = "/proc/self/mountinfo"
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { Glibc.close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let count = unsafe withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
        let count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 { unsafe bytes.append(contentsOf: buffer.prefix(count)) }
        return count
      }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    }
  }

  private static func failure(_ path: String) -> StoreError {
    unsafe .unusableFolder(path: path, reason: String(cString: strerror(errno)))
  }
}
