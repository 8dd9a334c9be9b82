import JSON
import PluginProtocol
import Testing

/// What users type, and what is said when it does not fit.
struct ParameterDeclarationTests {
  typealias Kind = ParameterDeclaration.Kind

  static func make(_ kind: Kind, minimum: Double? = nil, maximum: Double? = nil)
    -> ParameterDeclaration
  {
    ParameterDeclaration(
      name: "p", type: kind, help: "", choices: kind == .choice ? ["one", "two"] : [],
      minimum: minimum, maximum: maximum)
  }

  @Test(
    "what fits is read",
    arguments: [
      (Kind.count, "0", JSONValue.integer(0)), (.count, "30", 30), (.integer, "-3", -3),
      (.number, "1.5", 1.5), (.number, "-1e-3", -0.001), (.number, "15", .number(15)),
      (.probability, "0.95", 0.95), (.probability, "95%", 0.95), (.probability, "29%", 0.29),
      (.probability, "0.5%", 0.005), (.ratio, "15/30", ["events": 15, "total": 30]),
      (.ratio, "0/1", ["events": 0, "total": 1]), (.ratio, "30/30", ["events": 30, "total": 30]),
      (.duration, "84d", 84.0), (.duration, "12w", 84.0), (.duration, "3mo", 91.3125),
      (.duration, "0.5w", 3.5), (.choice, "two", "two"), (.text, "anything", "anything"),
      (.text, "", ""), (.flag, "yes", true), (.flag, "no", false), (.flag, "true", true),
      (.flag, "false", false), (.flag, "on", true), (.flag, "off", false),
    ] as [(Kind, String, JSONValue)])
  func reads(kind: Kind, text: String, value: JSONValue) throws {
    let parameter = Self.make(kind)
    let parsed = try parameter.value(parsing: text)
    #expect(parsed == value || parsed.number == value.number && value.number != nil)
    #expect(try parameter.checked(parsed) == parsed, "what was read fits")
    #expect(try parameter.checked(.string(text)) == parsed, "programs may send text")
  }

  static let ratio = "responders/patients with 0 ≤ responders ≤ patients and patients at least 1"

  @Test(
    "what does not fit is refused with what would",
    arguments: [
      (Kind.ratio, "31/30", ratio), (.ratio, "-1/30", ratio), (.ratio, "0/0", ratio),
      (.ratio, "15", ratio), (.ratio, "15/", ratio), (.ratio, "1/2/3", ratio),
      (.ratio, "1.5/3", ratio), (.ratio, "a/b", ratio), (.ratio, "", ratio),
      (.ratio, "99999999999999999999/1", ratio),
      (.probability, "1.2", "a probability strictly between 0 and 1"),
      (.probability, "1", "a probability strictly between 0 and 1"),
      (.probability, "0", "a probability strictly between 0 and 1"),
      (.probability, "100%", "a probability strictly between 0 and 1"),
      (.probability, "%", "a probability strictly between 0 and 1"),
      (.probability, "nan", "a probability strictly between 0 and 1"),
      (.count, "-1", "a whole number, 0 or more"), (.count, "1.5", "a whole number, 0 or more"),
      (.count, "", "a whole number, 0 or more"), (.integer, "x", "a whole number"),
      (.integer, "9223372036854775808", "a whole number"), (.number, "1,5", "a number"),
      (.number, "inf", "a number"), (.number, "0x1p4", "a number"), (.number, "1e999", "a number"),
      (.duration, "84", "a duration such as 84d, 12w or 3mo"),
      (.duration, "-1d", "a duration such as 84d, 12w or 3mo"),
      (.duration, "d", "a duration such as 84d, 12w or 3mo"),
      (.duration, "3m", "a duration such as 84d, 12w or 3mo"),
      (.choice, "three", "one of one, two"), (.choice, "", "one of one, two"),
      (.flag, "maybe", "yes or no"), (.flag, "1", "yes or no"),
    ] as [(Kind, String, String)])
  func refuses(kind: Kind, text: String, expected: String) {
    let error = #expect(throws: ParameterProblem.self) {
      try Self.make(kind).value(parsing: text)
    }
    #expect(error?.description == "p=\(text): expected \(expected)")
    #expect(error == ParameterProblem(parameter: "p", value: text, expected: expected))
  }

  @Test(
    "bounds belong to what is accepted",
    arguments: [
      (Kind.count, "0", 1.0, 10.0, "a whole number, from 1 to 10"),
      (.count, "11", 1, nil, nil), (.integer, "-6", -5, nil, "a whole number, -5 or more"),
      (.number, "2.5", nil, 2, "a number, at most 2"),
      (.probability, "0.4", 0.5, 1, "a probability from 0.5 to 1"),
      (.probability, "1", 0.5, 1, nil),
      (.duration, "2d", 7, 84, "a duration such as 84d, 12w or 3mo, from 7 to 84 days"),
    ] as [(Kind, String, Double?, Double?, String?)])
  func bounds(kind: Kind, text: String, low: Double?, high: Double?, expected: String?) throws {
    let parameter = Self.make(kind, minimum: low, maximum: high)
    guard let expected else {
      _ = try parameter.value(parsing: text)
      return
    }
    let error = #expect(throws: ParameterProblem.self) { try parameter.value(parsing: text) }
    #expect(error?.description == "p=\(text): expected \(expected)")
    #expect(parameter.expectation == expected)
  }

  @Test(
    "values of the wrong kind are refused",
    arguments: [
      (Kind.count, JSONValue.bool(true), "true"), (.count, 1.5, "1.5"), (.number, "NaN", "NaN"),
      (.ratio, ["events": 31, "total": 30], "31/30"), (.ratio, ["events": 1], "{\"events\":1}"),
      (.flag, 1, "1"), (.text, 1, "1"), (.choice, ["one"], "[\"one\"]"),
      (.probability, .null, "null"), (.duration, -1, "-1"),
    ] as [(Kind, JSONValue, String)])
  func wrongKind(kind: Kind, value: JSONValue, shown: String) {
    let error = #expect(throws: ParameterProblem.self) { try Self.make(kind).checked(value) }
    #expect(error?.value == shown)
  }

  @Test("a whole number written 15.0 is one")
  func wholeNumbers() throws {
    _ = try Self.make(.count).checked(.number(15))
    #expect(throws: ParameterProblem.self) { try Self.make(.count).checked(.number(1e300)) }
  }
}
