import ClientProtocol

/// Paths on a client's line.
enum ClientPath {
  /// A relative path is below the client's folder.
  static func absolute(
    _ path: String, _ folder: String?, at range: Range<Int>?
  ) throws(CommandFailure) -> String {
    if path.hasPrefix("/") { return path }
    guard let folder, folder.hasPrefix("/") else {
      throw CommandFailure(
        .file, "\(path.commandToken) is a relative path, and a line on the socket has no folder",
        at: range, expected: "an absolute path, or the client's folder as \"cwd\"")
    }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }
}
