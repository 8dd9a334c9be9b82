import CLinux
import Glibc
import Rendering

/// Starts a daemon that nobody else has started, and waits until it answers.
struct DaemonStarter {
  /// The daemon ends after this long without work.
  static let idleExitSeconds = 900
  static let patienceSeconds = 5

  let socket: String
  let dataFolder: String
  let environment: [String: String]

  private var logPath: String { dataFolder + "/doubletd.log" }

  func start() throws(ConnectionFailure) -> DaemonConnection {
    let executable = try findExecutable()
    FileText.makeFolder(dataFolder.split(separator: "/").map(String.init), mode: 0o700)
    let log = unsafe open(logPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer { if log >= 0 { close(log) } }
    let before = FileText.bytes(logPath)?.count ?? 0
    let child = spawn(executable, log: log)
    guard child > 0 else { throw .notStarted(executable: executable, errno: -child) }
    return try wait(for: child, executable: executable, logStart: before)
  }

  /// Beside this program, else on the PATH.
  private func findExecutable() throws(ConnectionFailure) -> String {
    let own = Self.ownFolder
    let folders =
      [own].compactMap { $0 }
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for folder in folders where unsafe access(folder + "/doubletd", X_OK) == 0 {
      return folder + "/doubletd"
    }
    throw .noExecutable(searched: own ?? ".")
  }

  private static var ownFolder: String? {
    let path = unsafe String(unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer in
      let count = unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe characters.baseAddress.map {
          unsafe readlink("/proc/self/exe", $0, Int(PATH_MAX))
        } ?? 0
      }
      return max(0, count)
    }
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  /// In a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it.
  private func spawn(_ executable: String, log: Int32) -> pid_t {
    let arguments = [executable, "--idle-exit", "\(Self.idleExitSeconds)"]
    let variables = environment.map { "\($0.key)=\($0.value)" }
    return unsafe withCStrings(arguments) { arguments in
      unsafe withCStrings(variables) { variables in
        unsafe executable.withCString { executable in
          var options = unsafe clinux_spawn_options(
            executable: executable, arguments: arguments, environment: variables,
            directory: nil, standard_input: -1, standard_output: log, standard_error: log,
            descriptor3: -1, descriptor4: -1, detached: true, writable: nil)
          return unsafe "/".withCString { root in
            unsafe options.directory = unsafe root
            return unsafe clinux_spawn(&options)
          }
        }
      }
    }
  }

  /// Tries to connect at growing intervals.
  ///
  /// A daemon that ends at once may have lost a race against another client's: its socket is
  /// tried a little longer before the log is shown.
  private func wait(
    for child: pid_t, executable: String, logStart: Int
  ) throws(ConnectionFailure) -> DaemonConnection {
    var pause: Double = 0.001
    var waited: Double = 0
    var diedAt: Double?
    while waited < Double(Self.patienceSeconds) {
      if let connection = try? DaemonConnection(path: socket) { return connection }
      var how = clinux_exit()
      if diedAt == nil, unsafe clinux_reap(child, false, &how) != 0 { diedAt = waited }
      if let diedAt, waited - diedAt > 0.5 {
        throw .died(executable: executable, log: logPath, tail: logTail(from: logStart))
      }
      usleep(UInt32(pause * 1e6))
      waited += pause
      pause = min(pause * 1.5, 0.1)
    }
    throw .slowToStart(seconds: Self.patienceSeconds, log: logPath)
  }

  private func logTail(from start: Int) -> [String] {
    let text = String(decoding: (FileText.bytes(logPath) ?? []).dropFirst(start), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).suffix(5).map { String($0).safe }
  }
}

/// Calls `body` with the texts as C wants them: pointers that end with a null one.
private func withCStrings<R>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> R
) -> R {
  var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
  defer { unsafe pointers.forEach { unsafe free($0) } }
  return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
}
