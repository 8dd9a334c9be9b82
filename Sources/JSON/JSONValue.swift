/// One JSON value, with the members of objects in the order they were written.
///
/// Integers that fit 64 bits stay integers; every other number is a `Double`. Numbers that are
/// not finite have no JSON form and travel as the strings `"NaN"`, `"Inf"` and `"-Inf"`, the only
/// spellings R's jsonlite reads back as numbers.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// A number, or the string that stands for one that is not finite.
  public init(_ number: Double) {
    if number.isNaN {
      self = .string("NaN")
    } else if number.isInfinite {
      self = .string(number < 0 ? "-Inf" : "Inf")
    } else {
      self = .number(number)
    }
  }

  public subscript(key: String) -> JSONValue? { object?[key] }

  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  public var array: [JSONValue]? {
    if case .array(let array) = self { array } else { nil }
  }

  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  public var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// The value as a whole number, also where it was written `15.0`.
  public var integer: Int64? {
    switch self {
    case .integer(let integer): integer
    case .number(let number): Int64(exactly: number)
    default: nil
    }
  }

  /// The value as a number, also where a string stands for one that is not finite.
  public var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    case .string("NaN"): .nan
    case .string("Inf"): .infinity
    case .string("-Inf"): -.infinity
    default: nil
    }
  }

  /// What kind of value it is, in the words of an error message.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByFloatLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(floatLiteral value: Double) { self.init(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}
