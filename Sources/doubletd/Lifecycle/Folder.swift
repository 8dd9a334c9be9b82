import Glibc

/// Makes the folders the daemon needs.
enum Folder {
  /// Creates `path` and what is missing above it, for the owner alone.
  static func create(_ path: String, role: String) throws(DaemonError) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += prefix.isEmpty || prefix == "/" ? String(part) : "/\(part)"
      guard unsafe mkdir(prefix, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw .folderUnusable(path: path, role: role, errno: errno)
      }
    }
    guard unsafe access(path, R_OK | W_OK | X_OK) == 0 else {
      throw .folderUnusable(path: path, role: role, errno: errno)
    }
    guard isFolder(path) else {
      throw .folderUnusable(path: path, role: role, errno: ENOTDIR)
    }
  }

  /// The path without links and dots; nil where there is nothing.
  static func real(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
