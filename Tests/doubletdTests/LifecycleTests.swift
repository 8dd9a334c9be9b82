import Foundation
import Testing

@testable import doubletd

struct LifecycleTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aLockHasOneOwnerAndIsFreeAfterIt() throws {
    let path = folder("lock")
    do {
      let lock = try InstanceLock(path: path)
      #expect(throws: InstanceLock.Failure.held(pid: getpid())) { _ = try InstanceLock(path: path) }
      lock.release()
    }
    let again = try InstanceLock(path: path)
    again.release()
    #expect(throws: InstanceLock.Failure.unusable(errno: ENOENT)) {
      _ = try InstanceLock(path: folder("nowhere/lock"))
    }
  }

  @Test func aLockFileThatIsALinkIsRefused() throws {
    try folder.write("precious", to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: folder("lock"), withDestinationPath: folder("target"))
    #expect(throws: InstanceLock.Failure.unusable(errno: ELOOP)) {
      _ = try InstanceLock(path: folder("lock"))
    }
    #expect(try folder.contents(of: "target") == "precious")
  }

  @Test func aSocketIsNeverTakenFromOneWhoListens() throws {
    let path = folder("s.sock")
    // One that knows nothing of our lock.
    let stranger = SocketAddress.socket(SOCK_STREAM)
    #expect(try SocketAddress(path: path).bind(stranger))
    #expect(listen(stranger, 1) == 0)
    #expect(throws: DaemonError.socketInUse(path: path, pid: getpid())) {
      _ = try ListeningSocket(path: path)
    }
    // With its backlog full it cannot even be connected to, and is alive all the same.
    var clients: [CInt] = []
    var isFull = false
    while !isFull {
      let client = SocketAddress.socket(SOCK_STREAM, also: SOCK_NONBLOCK)
      isFull = try !SocketAddress(path: path).connect(client)
      clients.append(client)
    }
    #expect(throws: DaemonError.socketInUse(path: path, pid: nil)) {
      _ = try ListeningSocket(path: path)
    }
    for client in clients { close(client) }
    close(stranger)
    // Dead now: it may be replaced, and goes with its owner.
    let socket = try ListeningSocket(path: path)
    close(socket.descriptor)
    socket.release()
    #expect(!folder.holds("s.sock"))
  }

  @Test func aFileThatIsNoSocketStays() throws {
    try folder.write("precious", to: "s.sock")
    #expect(throws: DaemonError.notASocket(path: folder("s.sock"))) {
      _ = try ListeningSocket(path: folder("s.sock"))
    }
    #expect(try folder.contents(of: "s.sock") == "precious")
  }

  @Test func aSocketThatAnotherHasReplacedStays() throws {
    let path = folder("s.sock")
    let socket = try ListeningSocket(path: path)
    try FileManager.default.removeItem(atPath: path)
    try folder.write("another's", to: "s.sock")
    close(socket.descriptor)
    socket.release()
    #expect(folder.holds("s.sock"))
  }

  @Test func aPathMayFillTheAddressButForItsEnd() throws {
    #expect(throws: Never.self) { try SocketAddress(path: String(repeating: "x", count: 107)) }
    let long = String(repeating: "é", count: 54)
    #expect(throws: DaemonError.socketPathTooLong(path: long, bytes: 108, limit: 107)) {
      try SocketAddress(path: long)
    }
  }

  @Test func foldersAreMadeForTheOwnerAlone() throws {
    try Folder.create(folder("a/b/c"), role: "data")
    for name in ["a", "a/b", "a/b/c"] { #expect(try folder.permissions(of: name) == 0o700) }
    try folder.write("", to: "file")
    #expect(
      throws: DaemonError.folderUnusable(path: folder("file/x"), role: "data", errno: ENOTDIR)
    ) { try Folder.create(folder("file/x"), role: "data") }
    #expect(throws: (any Error).self) { try Folder.create(folder("file"), role: "data") }
  }

  @Test(arguments: ["file", "abstract"])
  func notifiesSystemd(kind: String) throws {
    let listener = SocketAddress.socket(SOCK_DGRAM, also: SOCK_NONBLOCK)
    defer { close(listener) }
    let name = folder("n")
    let path = kind == "file" ? name : "@" + name
    let address =
      kind == "file"
      ? try SocketAddress(path: name) : try #require(SocketAddress(abstract: Array(name.utf8)))
    #expect(address.bind(listener))
    let notifier = try #require(ServiceNotifier(path: path, watchdogSeconds: nil))
    notifier.ready()
    notifier.reloading()
    notifier.stopping()
    notifier.alive()
    #expect(Self.receive(listener) == "READY=1\nMAINPID=\(getpid())")
    #expect(try #require(Self.receive(listener)).hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
    #expect(Self.receive(listener) == "STOPPING=1")
    #expect(Self.receive(listener) == "WATCHDOG=1")
  }

  private static func receive(_ descriptor: CInt) -> String? {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
    }
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}
