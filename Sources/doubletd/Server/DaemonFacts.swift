import ClientProtocol
import JSON
import NIOCore
import PluginProtocol

/// What `daemon.info` says of the process that does not change.
struct DaemonFacts: Sendable {
  static let version = "0.1.0"

  let pid: Int32
  let socket: String
  let data: String
  /// What the kernel keeps plugins from, in a sentence.
  let sandbox: String
  let started = NIODeadline.now()

  func json(
    limits: ServerLimits, connections: Int, requests: Int, unansweredBytes: Int
  ) -> JSONValue {
    let uptime = Double((NIODeadline.now() - started).nanoseconds) / 1e9
    return [
      "version": .string(Self.version),
      "pid": .integer(Int64(pid)),
      "uptimeSeconds": JSONValue((uptime * 1000).rounded() / 1000),
      "socket": .string(socket),
      "data": .string(data),
      "protocol": ["client": [.integer(Int64(clientProtocolVersion))], "plugin": [1]],
      "connections": .integer(Int64(connections)),
      "requests": .integer(Int64(requests)),
      "unansweredBytes": .integer(Int64(unansweredBytes)),
      "limits": limits.json,
      "sandbox": .string(Self.processes + "; " + sandbox),
    ]
  }

  /// What keeps plugins in bounds, and what does not.
  private static let processes =
    "plugins are separate processes with limits on time and memory, a private working directory "
    + "and a scrubbed environment, under the daemon's own user: a guard against mistakes, not "
    + "against malice"
}

extension ServerLimits {
  fileprivate var json: JSONValue {
    [
      "connections": .integer(Int64(connections)),
      "requestsPerConnection": .integer(Int64(requestsPerConnection)),
      "lineBytes": .integer(Int64(lineBytes)),
      "unansweredBytes": .integer(Int64(unansweredBytes)),
      "unreadHardBytes": .integer(Int64(unreadHardBytes)),
      "unreadSoftBytes": .integer(Int64(unreadSoftBytes)),
      "unreadSoftSeconds": JSONValue(unreadSoftSeconds),
    ]
  }
}
