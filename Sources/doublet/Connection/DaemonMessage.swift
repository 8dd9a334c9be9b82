import ClientProtocol
import JSON

/// One line from the daemon.
enum DaemonMessage: Sendable, Hashable {
  /// The answer to a request of ours, its result as the bytes the daemon wrote.
  case result(id: Int64, [UInt8])
  case failure(id: Int64, CommandFailure, error: JSONValue)
  case progress(id: Int64, RunReport)
  /// Anything else, such as an answer under a null id.
  case other

  /// How far a run has come.
  struct RunReport: Sendable, Hashable {
    var fraction: Double
    var message: String?
    var secondsLeft: Double?
  }

  struct Malformed: Error, Hashable {
    let reason: String
  }

  init(line: [UInt8]) throws(Malformed) {
    let members: JSONMembers
    do {
      members = try JSONMembers(parsing: line)
    } catch {
      throw Malformed(reason: "\(error)")
    }
    if members["method"]?.string == "progress", let parameters = members["params"] {
      self = Self.progress(parameters)
    } else if let id = members["id"]?.integer, let result = members.bytes(of: "result") {
      self = .result(id: id, Array(result))
    } else if let id = members["id"]?.integer, let error = members["error"] {
      let failure =
        CommandFailure(json: error) ?? CommandFailure(.internal, "the daemon gave no reason")
      self = .failure(id: id, failure, error: error)
    } else {
      self = .other
    }
  }

  private static func progress(_ parameters: JSONValue) -> Self {
    guard let id = parameters["id"]?.integer, let fraction = parameters["fraction"]?.number,
      fraction.isFinite
    else { return .other }
    return .progress(
      id: id,
      RunReport(
        fraction: min(1, max(0, fraction)), message: parameters["message"]?.string,
        secondsLeft: parameters["secondsLeft"]?.number))
  }
}
