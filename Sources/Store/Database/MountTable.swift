/// The kernel's list of mounted file systems, as `/proc/self/mountinfo` gives it.
///
/// ## References
/// proc_pid_mountinfo(5): fields 5 (mount point, octal escapes) and, after a lone
/// hyphen, the file system type.
struct MountTable {
  private struct Mount {
    let point: String
    let type: String
  }

  /// File systems another machine may write to at the same time, with locks SQLite cannot trust.
  private static let networkTypes: Set = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "fuse.sshfs",
    "fuse.glusterfs",
  ]

  private let mounts: [Mount]

  init(_ text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 6, let hyphen = fields.dropFirst(6).firstIndex(of: "-"),
        hyphen + 1 < fields.count
      else { return nil }
      return Mount(
        point: Self.unescaped(fields[4]), type: String(fields[hyphen + 1]))
    }
  }

  /// The type of the network file system a path without links lies on.
  ///
  /// The longest mount point above the path decides, and of equal ones the last, which
  /// covers the others.
  func networkType(of path: String) -> String? {
    var found: Mount?
    for mount in mounts where Self.covers(mount.point, path) {
      if mount.point.utf8.count >= found?.point.utf8.count ?? 0 { found = mount }
    }
    return found.flatMap { Self.networkTypes.contains($0.type) ? $0.type : nil }
  }

  private static func covers(_ point: String, _ path: String) -> Bool {
    point == "/" || path == point || path.hasPrefix(point + "/")
  }

  /// Spaces, tabs, newlines and backslashes are written as three octal digits.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = field.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let code = UInt8(String(Substring(rest.prefix(3))), radix: 8) {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
