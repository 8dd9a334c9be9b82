import Glibc

/// What kind of file system a folder is on, by the kernel's table of mounts (proc(5)).
enum FileSystem {
  private static let remote: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "lustre", "afs", "fuse.sshfs",
  ]

  /// The name of the file system of `path` when it is not this machine's own.
  static func remoteName(of path: String, mounts: String) -> String? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    let device = UInt64(status.st_dev)
    let major = (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)
    let minor = (device & 0xFF) | (device >> 12 & ~0xFF)
    return name(ofDevice: "\(major):\(minor)", mounts: mounts).flatMap {
      remote.contains($0) ? $0 : nil
    }
  }

  /// `36 35 98:0 /root /mnt rw - ext3 /dev/root rw`: the third field is the device, and the type
  /// follows the lone hyphen.
  static func name(ofDevice device: String, mounts: String) -> String? {
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 3, fields[2] == device,
        let hyphen = fields.firstIndex(of: "-"), hyphen + 1 < fields.count
      else { continue }
      return String(fields[hyphen + 1])
    }
    return nil
  }
}
