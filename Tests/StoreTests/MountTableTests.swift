import Testing

@testable import Store

struct MountTableTests {
  private static let table = MountTable(
    #"""
    22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
    40 22 0:35 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
    41 40 254:1 / /home/ada/local rw - ext4 /dev/vdb rw
    42 22 0:36 / /mnt/my\040share rw master:1 shared:9 - cifs //server/share rw
    43 22 0:37 / /mnt/plain rw - nfs server:/x rw
    44 43 254:2 / /mnt/plain rw - xfs /dev/vdc rw
    46 22 0:39 / /srv rw - fuse.sshfs ada@server: rw
    broken line
    """#)

  @Test(
    arguments: [
      ("/", nil), ("/var/lib", nil), ("/home", "nfs4"), ("/home/ada", "nfs4"), ("/homestead", nil),
      ("/home/ada/local", nil), ("/home/ada/local/data", nil), ("/home/ada/localhost", "nfs4"),
      ("/mnt/my share/data", "cifs"), ("/mnt/plain/data", nil), ("/srv/x", "fuse.sshfs"),
    ] as [(String, String?)])
  func findsTheFileSystemOfAPath(path: String, type: String?) {
    #expect(Self.table.networkType(of: path) == type)
  }

  @Test func saysWhyANetworkFolderIsRefused() {
    #expect(
      StoreError.networkFolder(path: "/home/ada/doublet", type: "nfs4").description
        == "the data folder /home/ada/doublet is on a network file system (nfs4), where the "
        + "database would be damaged; choose a folder on a local disk")
  }
}
