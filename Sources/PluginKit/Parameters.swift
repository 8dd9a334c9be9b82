public import JSON
public import PluginProtocol

/// The parameters of a run, read by kind.
///
/// The host has checked them against the manifest before they arrive, so a refusal here means
/// that manifest and plugin disagree; it names the parameter all the same.
public struct Parameters: Sendable {
  private let object: JSONObject

  public init(_ object: JSONObject) { self.object = object }

  /// Whether a value was given, or the manifest has a default.
  public func has(_ name: String) -> Bool { present(name) != nil }

  public func double(_ name: String) throws(Refusal) -> Double {
    try required(name, "a number", optionalDouble(name))
  }

  public func optionalDouble(_ name: String) throws(Refusal) -> Double? {
    try read(name, "a number", \.number)
  }

  public func int(_ name: String) throws(Refusal) -> Int {
    try required(name, "a whole number", optionalInt(name))
  }

  public func optionalInt(_ name: String) throws(Refusal) -> Int? {
    try read(name, "a whole number") { $0.integer.flatMap { Int(exactly: $0) } }
  }

  public func ratio(_ name: String) throws(Refusal) -> Ratio {
    try required(name, Ratio.expectation, optionalRatio(name))
  }

  public func optionalRatio(_ name: String) throws(Refusal) -> Ratio? {
    try read(name, Ratio.expectation, Ratio.init)
  }

  /// A duration, in days.
  public func days(_ name: String) throws(Refusal) -> Double {
    try required(name, "a number of days", optionalDays(name))
  }

  public func optionalDays(_ name: String) throws(Refusal) -> Double? {
    try read(name, "a number of days") { value in
      value.number.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    }
  }

  public func text(_ name: String) throws(Refusal) -> String {
    try required(name, "text", optionalText(name))
  }

  public func optionalText(_ name: String) throws(Refusal) -> String? {
    try read(name, "text", \.string)
  }

  public func flag(_ name: String) throws(Refusal) -> Bool {
    try required(name, "yes or no", optionalFlag(name))
  }

  public func optionalFlag(_ name: String) throws(Refusal) -> Bool? {
    try read(name, "yes or no", \.bool)
  }

  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, as type: Choice.Type = Choice.self
  ) throws(Refusal) -> Choice where Choice.RawValue == String {
    try required(name, Self.expectation(of: type), optionalChoice(name, as: type))
  }

  public func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, as type: Choice.Type = Choice.self
  ) throws(Refusal) -> Choice? where Choice.RawValue == String {
    try read(name, Self.expectation(of: type)) { $0.string.flatMap(Choice.init) }
  }

  private static func expectation<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type
  ) -> String where Choice.RawValue == String {
    "one of " + type.allCases.map(\.rawValue).joined(separator: ", ")
  }

  private func present(_ name: String) -> JSONValue? {
    guard let value = object[name], value != .null else { return nil }
    return value
  }

  private func read<Value>(
    _ name: String, _ expected: @autoclosure () -> String, _ convert: (JSONValue) -> Value?
  ) throws(Refusal) -> Value? {
    guard let value = present(name) else { return nil }
    guard let converted = convert(value) else {
      throw .parameter(name, value.string ?? value.text, expected: expected())
    }
    return converted
  }

  private func required<Value>(
    _ name: String, _ expected: @autoclosure () -> String, _ value: Value?
  ) throws(Refusal) -> Value {
    guard let value else {
      let expected = expected()
      throw Refusal(
        "parameter.missing", "\(name) is missing: expected \(expected)", parameter: name,
        expected: expected)
    }
    return value
  }
}

/// Events among a total, such as responders among patients.
public struct Ratio: Sendable, Hashable {
  public let events: Int
  public let total: Int

  static let expectation =
    "responders/patients with 0 ≤ responders ≤ patients and patients at least 1"

  init?(_ value: JSONValue) {
    guard let events = value["events"]?.integer, let total = value["total"]?.integer, total > 0,
      (0...total).contains(events)
    else { return nil }
    self.events = Int(events)
    self.total = Int(total)
  }
}

extension RunRequest {
  /// The parameters, read by kind.
  public var values: Parameters { Parameters(parameters.object) }
}

extension Refusal {
  /// The refusal of one parameter's value.
  public static func parameter(
    _ name: String, _ value: String, expected: String
  ) -> Refusal {
    Refusal(
      "parameter.value", "\(name)=\(value): expected \(expected)", parameter: name,
      expected: expected)
  }
}
