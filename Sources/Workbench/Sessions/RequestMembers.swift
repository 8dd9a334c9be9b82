import ClientProtocol
import JSON
import PluginProtocol
import Store

/// The parameters of one request, taken one by one, so that what is left over is unknown.
struct RequestMembers {
  let request: ClientRequest
  private var taken: [String] = ["progress"]

  init(_ request: ClientRequest) { self.request = request }

  mutating func value(_ key: String) -> JSONValue? {
    taken.append(key)
    let value = request.parameters[key]
    return value == .null ? nil : value
  }

  mutating func text(_ key: String) throws(CommandFailure) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.string else { throw wrong(key, "a string") }
    return text
  }

  mutating func requiredText(_ key: String) throws(CommandFailure) -> String {
    guard let text = try text(key) else { throw missing(key) }
    return text
  }

  mutating func object(_ key: String) throws(CommandFailure) -> JSONObject {
    guard let value = value(key) else { return [:] }
    guard let object = value.object else { throw wrong(key, "an object") }
    return object
  }

  mutating func number(
    _ key: String, from low: Double, to high: Double
  ) throws(CommandFailure) -> Double? {
    guard let value = value(key) else { return nil }
    guard let number = value.number, (low...high).contains(number) else {
      throw wrong(key, "a number from \(Int(low)) to \(Int(high))")
    }
    return number
  }

  /// The number of a run, as a string or a number.
  mutating func run() throws(CommandFailure) -> RunID {
    guard let run = try optionalRun("run") else { throw missing("run") }
    return run
  }

  mutating func optionalRun(_ key: String) throws(CommandFailure) -> RunID? {
    guard let value = value(key) else { return nil }
    guard let run = RunID(value.string ?? value.text) else {
      throw .unknownRun(value.string ?? value.text)
    }
    return run
  }

  mutating func format() throws(CommandFailure) -> OutputFormat {
    try choice("format", OutputFormat.self) ?? .json
  }

  mutating func runState() throws(CommandFailure) -> RunState? {
    try choice("state", RunState.self)
  }

  /// - Throws: When the request has members nobody asked for.
  func refuseOthers() throws(CommandFailure) {
    guard let key = request.parameters.keys.first(where: { !taken.contains($0) }) else { return }
    throw CommandFailure(
      .invalidRequest, "\(request.method.rawValue) has no \"\(key)\"", parameter: key,
      expected: "only " + taken.joined(separator: ", "), nearest: taken.nearest(to: key))
  }

  private mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(CommandFailure) -> Choice? where Choice.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw wrong(key, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  private func missing(_ key: String) -> CommandFailure {
    CommandFailure(
      .invalidRequest, "\(request.method.rawValue) needs \"\(key)\"", parameter: key)
  }

  private func wrong(_ key: String, _ expected: String) -> CommandFailure {
    CommandFailure(
      .invalidRequest, "\"\(key)\" of \(request.method.rawValue) is wrong", parameter: key,
      expected: expected)
  }
}
