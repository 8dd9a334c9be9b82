import CLinux
import Glibc

/// What the host asks of Linux, in Swift's types.
enum OperatingSystem {
  static var processorCount: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

  /// The folder of the running program.
  static var executableFolder: String {
    guard let path = realPath("/proc/self/exe") else { return "." }
    return String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
  }

  static var environment: [String: String] {
    var variables: [String: String] = [:]
    for name in ["PATH", "HOME", "TZ", "TMPDIR"] {
      variables[name] = unsafe getenv(name).map { unsafe String(cString: $0) }
    }
    return variables
  }

  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Whether the path names a file that may be executed.
  static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Nanoseconds on a clock that only moves forward.
  static var nanoseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The peak resident memory of a process that is alive.
  static func peakBytes(of process: pid_t) -> UInt64? {
    guard let text = readFile("/proc/\(process)/status"),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(separator: " ").dropLast().last
    else { return nil }
    return UInt64(kibibytes.drop { !$0.isNumber }).map { $0 << 10 }
  }

  private static func readFile(_ path: String) -> String? {
    readBytes(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first 16 KiB of a file.
  static func readBytes(_ path: String) -> ArraySlice<UInt8>? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    return count < 0 ? nil : bytes[..<count]
  }

  /// Makes a folder nobody else can read or guess.
  static func makeTemporaryFolder(in parent: String) -> String? {
    // `mkdtemp` puts letters of its own in place of the six that end its template.
    var template = Array((parent + "/doublet-" + String(repeating: "X", count: 6)).utf8CString)
    return unsafe template.withUnsafeMutableBufferPointer { path in
      guard let start = path.baseAddress, let made = unsafe mkdtemp(start) else { return nil }
      return unsafe String(cString: made)
    }
  }

  static func describe(errno code: CInt) -> String { unsafe String(cString: strerror(code)) }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The duration in the words of a message: `5 s`, `0.25 s`.
  var words: String {
    let seconds = seconds
    return seconds == seconds.rounded() ? "\(Int64(seconds)) s" : "\(seconds) s"
  }
}
