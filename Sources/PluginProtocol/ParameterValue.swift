public import JSON

/// Why a parameter's value is refused, and what would be accepted.
public struct ParameterProblem: Error, Hashable, Sendable {
  public let parameter: String
  public let value: String
  public let expected: String

  public init(parameter: String, value: String, expected: String) {
    self.parameter = parameter
    self.value = value
    self.expected = expected
  }
}

extension ParameterProblem: CustomStringConvertible {
  public var description: String { "\(parameter)=\(value): expected \(expected)" }
}

extension ParameterDeclaration {
  /// The JSON form of what a user typed.
  ///
  /// A ratio becomes `{"events": 15, "total": 30}`, a duration its number of days, a flag a
  /// Boolean, a probability a fraction also where it was written as a percentage.
  public func value(parsing text: String) throws(ParameterProblem) -> JSONValue {
    let value: JSONValue? =
      switch type {
      case .count, .integer: Int64(text).map(JSONValue.integer)
      case .number: Self.finite(text).map(JSONValue.number)
      case .probability: Self.fraction(text).map(JSONValue.number)
      case .ratio: Self.ratio(text)
      case .duration: Self.days(text).map(JSONValue.number)
      case .flag: Self.flag(text).map(JSONValue.bool)
      case .choice, .text, .condition: .string(text)
      }
    // A refusal shows what the user typed, not what it was read as.
    guard let value, accepts(value) else { throw problem(text) }
    return value
  }

  /// The value, if it is of the declared kind and within the declared bounds.
  ///
  /// Programs send values as JSON; a string is read as if a user had typed it.
  public func checked(_ value: JSONValue) throws(ParameterProblem) -> JSONValue {
    if let text = value.string, ![.text, .choice, .condition].contains(type) {
      return try self.value(parsing: text)
    }
    guard accepts(value) else { throw problem(Self.shown(value)) }
    return value
  }

  private func accepts(_ value: JSONValue) -> Bool {
    switch type {
    case .count: value.integer.map { $0 >= 0 && isWithinBounds(Double($0)) } ?? false
    case .integer: value.integer.map { isWithinBounds(Double($0)) } ?? false
    case .number: value.number.map { $0.isFinite && isWithinBounds($0) } ?? false
    case .probability: value.number.map(isProbability) ?? false
    case .duration: value.number.map { $0.isFinite && $0 >= 0 && isWithinBounds($0) } ?? false
    case .ratio: Self.isRatio(value)
    case .choice: value.string.map(choices.contains) ?? false
    case .text: value.string.map(isInstalled) ?? false
    case .condition: value.string != nil
    case .flag: value.bool != nil
    }
  }

  /// Whether a text may be the name of a plugin; only a host knows which there are.
  private func isInstalled(_ name: String) -> Bool {
    definitionName(in: .string(name)) == nil || choices.isEmpty || choices.contains(name)
  }

  private func isProbability(_ number: Double) -> Bool {
    minimum == nil && maximum == nil
      ? number > 0 && number < 1 : (0...1).contains(number) && isWithinBounds(number)
  }

  private func isWithinBounds(_ number: Double) -> Bool {
    number >= minimum ?? -.infinity && number <= maximum ?? .infinity
  }

  private static func isRatio(_ value: JSONValue) -> Bool {
    guard let events = value["events"]?.integer, let total = value["total"]?.integer else {
      return false
    }
    return total > 0 && (0...total).contains(events)
  }

  private func problem(_ value: String) -> ParameterProblem {
    ParameterProblem(parameter: name, value: value, expected: expectation)
  }

  private static func shown(_ value: JSONValue) -> String {
    if let events = value["events"]?.integer, let total = value["total"]?.integer {
      return "\(events)/\(total)"
    }
    return value.string ?? value.text
  }
}

extension ParameterDeclaration {
  /// What the parameter accepts, in the words of an error message.
  public var expectation: String {
    switch type {
    case .count: "a whole number, " + (bounds ?? "0 or more")
    case .integer: "a whole number" + (bounds.map { ", \($0)" } ?? "")
    case .number: "a number" + (bounds.map { ", \($0)" } ?? "")
    case .probability:
      bounds.map { "a probability \($0)" } ?? "a probability strictly between 0 and 1"
    case .ratio: "responders/patients with 0 ≤ responders ≤ patients and patients at least 1"
    case .duration: "a duration such as 84d, 12w or 3mo" + (bounds.map { ", \($0) days" } ?? "")
    case .choice: "one of " + choices.joined(separator: ", ")
    case .text: definitionKind.map(installed) ?? "text"
    case .condition: "a condition such as \"age >= 65 and sex = F\""
    case .flag: "yes or no"
    }
  }

  private func installed(_ kind: String) -> String {
    // A list that nobody would read to its end is left to the command that shows it.
    let list = choices.count <= 6 ? ", one of " + choices.joined(separator: ", ") : ""
    return "an installed \(kind)" + (choices.isEmpty ? "" : list) + "; plugins lists them"
  }

  private var bounds: String? {
    switch (minimum, maximum) {
    case (let low?, let high?): "from \(Self.shown(low)) to \(Self.shown(high))"
    case (let low?, nil): "\(Self.shown(low)) or more"
    case (nil, let high?): "at most \(Self.shown(high))"
    case (nil, nil): nil
    }
  }

  private static func shown(_ number: Double) -> String { JSONValue(number).text }

  static func finite(_ text: String) -> Double? {
    guard let number = Double(text), number.isFinite, !text.contains("x") else { return nil }
    return number
  }

  /// A fraction, written `0.25` or `25%`.
  ///
  /// The percentage is divided as decimals, so that `29%` is the double nearest 0.29.
  public static func fraction(_ text: String) -> Double? {
    guard text.hasSuffix("%") else { return finite(text) }
    return finite(String(text.dropLast()) + "e-2")
  }

  /// A count of events and its total, from `15/30`.
  public static func ratio(_ text: String) -> JSONValue? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let events = Int64(parts[0]), let total = Int64(parts[1]) else {
      return nil
    }
    return ["events": .integer(events), "total": .integer(total)]
  }

  /// Days, from `84d`, `12w` or `3mo`; a month is 30.4375 days.
  public static func days(_ text: String) -> Double? {
    for (suffix, days) in [("mo", 30.4375), ("d", 1), ("w", 7)] where text.hasSuffix(suffix) {
      guard let number = finite(String(text.dropLast(suffix.count))), number >= 0 else {
        return nil
      }
      return number * days
    }
    return nil
  }

  static func flag(_ text: String) -> Bool? {
    switch text {
    case "yes", "true", "on": true
    case "no", "false", "off": false
    default: nil
    }
  }
}
