public import JSON

/// A JSON object as a member of a `Codable` type.
public struct JSONObjectBox: Sendable, Codable, Hashable {
  public var object: JSONObject

  public init(_ object: JSONObject) { self.object = object }

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer().decode(JSONValue.self)
    guard let object = value.object else {
      throw DecodingError.typeMismatch(
        JSONObject.self,
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected an object, found \(value.kind)"))
    }
    self.object = object
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(JSONValue.object(object))
  }

  public subscript(key: String) -> JSONValue? {
    get { object[key] }
    set { object[key] = newValue }
  }
}
