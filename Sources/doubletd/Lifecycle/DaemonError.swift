import Glibc

/// Why the daemon does not start.
enum DaemonError: Error, Hashable {
  case noHome
  case folderUnusable(path: String, role: String, errno: CInt)
  case dataInUse(path: String, pid: Int32?)
  case socketInUse(path: String, pid: Int32?)
  case socketPathTooLong(path: String, bytes: Int, limit: Int)
  case socketUnusable(path: String, step: String, errno: CInt)
  case notASocket(path: String)
  case activationUnusable(reason: String)
  case settings([SettingsProblem])
}

extension DaemonError: CustomStringConvertible {
  var description: String {
    switch self {
    case .noHome:
      "HOME is not set: say where things are with --data and --socket"
    case .folderUnusable(let path, let role, let errno):
      "the \(role) folder \(path) cannot be used: \(Self.words(errno))"
    case .dataInUse(let path, let pid):
      "another doubletd\(Self.holder(pid)) is using the data folder \(path)"
    case .socketInUse(let path, let pid):
      "another doubletd\(Self.holder(pid)) is using the socket \(path)"
    case .socketPathTooLong(let path, let bytes, let limit):
      "the socket path \(path) is \(bytes) bytes long and Linux allows \(limit); "
        + "choose a shorter one with --socket"
    case .socketUnusable(let path, let step, let errno):
      "the socket \(path) cannot be used: \(step): \(Self.words(errno))"
    case .notASocket(let path):
      "\(path) is there already and is no socket; it was left alone"
    case .activationUnusable(let reason):
      "the socket systemd handed over cannot be used: \(reason)"
    case .settings(let problems):
      problems.map(\.description).joined(separator: "\n")
    }
  }

  private static func holder(_ pid: Int32?) -> String { pid.map { " (pid \($0))" } ?? "" }

  private static func words(_ errno: CInt) -> String {
    unsafe String(cString: strerror(errno))
  }
}
