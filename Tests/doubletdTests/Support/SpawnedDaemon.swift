import Dispatch
import Foundation

@testable import doubletd

/// The real `doubletd` as a process of its own.
final class SpawnedDaemon: Sendable {
  struct Failure: Error {
    let reason: String
  }

  let pid: pid_t
  let folder: TemporaryFolder
  private let notifications: CInt

  var socket: String { folder("run/s.sock") }
  var data: String { folder("data") }

  /// The daemon that was built beside these tests.
  static func executable() throws -> String {
    let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = (runner as NSString).deletingLastPathComponent + "/doubletd"
    guard FileManager.default.isExecutableFile(atPath: beside) else {
      throw Failure(reason: "\(beside) has not been built")
    }
    return beside
  }

  /// Starts a daemon with a data folder and a socket under `folder`.
  ///
  /// What is passed becomes descriptor 3 of the process, as systemd hands over a socket.
  init(
    _ arguments: [String] = [], in folder: TemporaryFolder, environment: [String] = [],
    usual: Bool = true, log: String = "log", passing descriptor: CInt? = nil
  ) throws {
    self.folder = folder
    let notify = folder("n-\(UUID().uuidString.prefix(6))")
    notifications = SocketAddress.socket(SOCK_DGRAM)
    guard try SocketAddress(path: notify).bind(notifications) else {
      throw Failure(reason: "bind \(notify): \(errno)")
    }
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    unsafe setsockopt(
      notifications, SOL_SOCKET, SO_RCVTIMEO, &patience,
      socklen_t(MemoryLayout<timeval>.size))
    let usualArguments =
      usual ? ["--socket", folder("run/s.sock"), "--data", folder("data")] : []
    let line = [try Self.executable()] + usualArguments + arguments
    // The shell keeps its pid through exec, which is what LISTEN_PID has to be.
    let script =
      descriptor == nil ? "exec \"$0\" \"$@\"" : "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" \"$@\""
    pid = try Self.spawn(
      ["/bin/sh", "-c", script] + line,
      ["NOTIFY_SOCKET=\(notify)", "HOME=\(folder.path)", "SWIFT_BACKTRACE=enable=no"]
        + environment,
      errorsTo: folder(log), descriptor)
  }

  deinit {
    kill(pid, SIGKILL)
    close(notifications)
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String], errorsTo log: String, _ descriptor: CInt?
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    if let descriptor { unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, 3) }
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe words.forEach { unsafe free($0) }
      unsafe variables.forEach { unsafe free($0) }
    }
    var pid: pid_t = 0
    let code = unsafe posix_spawn(&pid, arguments[0], &actions, nil, &words, &variables)
    guard code == 0 else { throw Failure(reason: "posix_spawn: \(code)") }
    return pid
  }

  /// The next datagram the daemon sends to systemd.
  func notification() async throws -> String {
    try await Self.elsewhere { [notifications] in
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe recv(notifications, $0.baseAddress, $0.count, 0)
      }
      guard count > 0 else { throw Failure(reason: "no notification came: \(errno)") }
      return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
  }

  /// Waits until the daemon serves.
  func ready() async throws { try await hears("READY=1\nMAINPID=\(pid)") }

  /// Waits for a notification that begins so.
  func hears(_ beginning: String) async throws {
    while try await !notification().hasPrefix(beginning) {}
  }

  /// Waits until the log holds `text`.
  func logs(_ text: String) async throws {
    while try !folder.contents(of: "log").contains(text) { await Task.yield() }
  }

  /// Waits for the end; the exit code, or the signal as a negative number.
  func end() async throws -> Int32 {
    try await Self.elsewhere { [pid] in
      var status: CInt = 0
      guard unsafe waitpid(pid, &status, 0) == pid else {
        throw Failure(reason: "waitpid: \(errno)")
      }
      return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }
  }

  func signal(_ number: CInt) { kill(pid, number) }

  private static func elsewhere<T: Sendable>(
    _ body: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
  }
}
