import Foundation

/// The client as a process of its own.
struct ClientProcess {
  struct Finished: Equatable {
    var status: Int32
    var output: String
    var error: String
  }

  /// The program that was built beside these tests.
  static var executable: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/doublet"
  }

  static func environment(home: String, _ more: [String: String] = [:]) -> [String: String] {
    [
      "HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "PAGER": "",
      "DOUBLET_PAGER": "",
    ].merging(more) { $1 }
  }

  /// Runs it without a terminal, and waits.
  static func run(
    _ arguments: [String], input: String = "", executable: String = executable,
    environment: [String: String]
  ) throws -> Finished {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = environment
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    let error = try stderr.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Finished(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      error: String(decoding: error, as: UTF8.self))
  }
}

/// The client at a terminal of its own, seen from the other end.
final class ClientTerminal {
  struct TimedOut: Error, CustomStringConvertible {
    let expected: String
    let seen: String
    var description: String {
      "expected \(expected.debugDescription), saw \(seen.debugDescription)"
    }
  }

  private let main: Int32
  private let process = Process()
  private var seen = ""
  private(set) var transcript = ""

  init(
    _ arguments: [String], environment: [String: String], columns: UInt16 = 80, rows: UInt16 = 24
  ) throws {
    main = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    // What unlockpt and ptsname do, which Swift does not see.
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard unsafe main >= 0 && ioctl(main, 0x4004_5431, &lock) == 0,
      unsafe ioctl(main, 0x8004_5430, &number) == 0
    else { throw POSIXError(.ENXIO) }
    let side = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(main, UInt(TIOCSWINSZ), &size)
    let handle = FileHandle(fileDescriptor: side, closeOnDealloc: false)
    // A session of its own, so that Ctrl-C is a signal to it and to nobody else.
    process.executableURL = URL(filePath: "/usr/bin/setsid")
    process.arguments = ["--ctty", "--wait", ClientProcess.executable] + arguments
    process.environment = environment
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    close(side)
  }

  deinit { close(main) }

  func type(_ text: String) throws {
    let bytes = Array(text.utf8)
    let count = unsafe bytes.withUnsafeBytes { unsafe write(main, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw POSIXError(.EIO) }
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(main, UInt(TIOCSWINSZ), &size)
  }

  /// Waits until the text appears after what was expected before.
  func expect(_ text: String, withinSeconds seconds: Double = 20) throws {
    let deadline = Date().addingTimeInterval(seconds)
    while true {
      if let range = seen.range(of: text) {
        seen = String(seen[range.upperBound...])
        return
      }
      guard try readMore(until: deadline) else { throw TimedOut(expected: text, seen: seen) }
    }
  }

  /// Waits for the end and returns the exit status.
  func finish() throws -> Int32 {
    let deadline = Date().addingTimeInterval(20)
    while try readMore(until: deadline) {}
    guard deadline.timeIntervalSinceNow > 0 else {
      kill(process.processIdentifier, SIGKILL)
      throw TimedOut(expected: "the end", seen: seen)
    }
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func readMore(until deadline: Date) throws -> Bool {
    let left = deadline.timeIntervalSinceNow
    guard left > 0 else { return false }
    var waiting = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&waiting, 1, Int32(left * 1000)) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(main, $0.baseAddress, $0.count) }
    // The other side is closed: EIO on Linux.
    guard count > 0 else { return false }
    let text = String(decoding: chunk[..<count], as: UTF8.self)
    seen += text
    transcript += text
    return true
  }
}
