import Glibc

/// The file of a socket, and whether it is still ours.
struct SocketFile: Sendable {
  let path: String
  private let identity: Identity?

  private struct Identity: Equatable {
    let device: UInt
    let node: UInt

    init?(_ path: String) {
      var status = stat()
      guard unsafe lstat(path, &status) == 0 else { return nil }
      device = UInt(status.st_dev)
      node = UInt(status.st_ino)
    }
  }

  /// Notes which file `path` leads to now; one that is not owned is never removed.
  init(path: String, isOwned: Bool) {
    self.path = path
    identity = isOwned ? Identity(path) : nil
  }

  /// Removes the file, unless another has taken its place.
  func unlink() {
    guard let identity, Identity(path) == identity else { return }
    _ = unsafe Glibc.unlink(path)
  }
}
