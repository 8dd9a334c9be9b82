import Glibc

/// Why there is no daemon to talk to.
enum ConnectionFailure: Error, Hashable {
  case noHome
  case pathTooLong(String)
  case unreachable(path: String, errno: Int32)
  case closed
  case broken(errno: Int32)
  case lineTooLong(limitBytes: Int)
  case nonsense(String)
  case noExecutable(searched: String)
  case notStarted(executable: String, errno: Int32)
  case died(executable: String, log: String, tail: [String])
  case slowToStart(seconds: Int, log: String)
}

extension ConnectionFailure: CustomStringConvertible {
  var description: String {
    switch self {
    case .noHome: "neither HOME nor the XDG variables are set; name the socket with --socket"
    case .pathTooLong(let path): "\(path): a socket's path holds at most 107 bytes"
    case .unreachable(let path, ENOENT): "no daemon at \(path): there is no such socket"
    case .unreachable(let path, ECONNREFUSED): "no daemon at \(path): nobody listens there"
    case .unreachable(let path, let errno): "no daemon at \(path): \(Self.words(errno))"
    case .closed: "the daemon closed the connection"
    case .broken(let errno): "the connection to the daemon broke: \(Self.words(errno))"
    case .lineTooLong(let limit): "the daemon sent a line of more than \(limit >> 20) MiB"
    case .nonsense(let reason): "the daemon sent what is not JSON: \(reason)"
    case .noExecutable(let searched): "doubletd is neither in \(searched) nor on the PATH"
    case .notStarted(let executable, let errno):
      "\(executable) did not start: \(Self.words(errno))"
    case .died(let executable, let log, let tail):
      (["\(executable) ended at once; its log \(log) says:"] + tail.map { "  " + $0 })
        .joined(separator: "\n")
    case .slowToStart(let seconds, let log):
      "the daemon was started but did not answer within \(seconds) s; see \(log)"
    }
  }

  private static func words(_ errno: Int32) -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
  }
}
