import ClientProtocol
import Glibc

/// Which daemon to talk to, and whether it may be started.
struct Endpoint {
  let socket: String?
  let mayStart: Bool
  let environment: [String: String]

  var locations: Locations? { Locations(environment: environment) }

  /// Connects; where nobody listens on the default socket, starts a daemon first.
  func connect() throws(ConnectionFailure) -> DaemonConnection {
    if let socket { return try DaemonConnection(path: socket) }
    guard let locations else { throw .noHome }
    do {
      return try DaemonConnection(path: locations.socket)
    } catch {
      guard case .unreachable(_, let errno) = error, [ENOENT, ECONNREFUSED].contains(errno),
        mayStart
      else { throw error }
    }
    return try DaemonStarter(
      socket: locations.socket, dataFolder: locations.data, environment: environment
    ).start()
  }
}

enum Environment {
  /// The variables of this process, read without Foundation.
  static var current: [String: String] {
    var variables: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let pair = unsafe String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      unsafe entry += 1
    }
    return variables
  }
}
