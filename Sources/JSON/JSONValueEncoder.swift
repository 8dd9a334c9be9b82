extension JSONValue {
  /// The JSON form of a value, its members in the order its type declares them.
  ///
  /// Unlike Foundation's encoder it keeps that order, so that two runs of one analysis give the
  /// same bytes, and it writes numbers that are not finite as strings.
  public init(encoding value: some Encodable) throws {
    self = try JSONValueEncoder.encode(value, at: [])
  }
}

/// What an encoding has produced so far.
///
/// Members and elements are appended in place: an enum's payload would be copied for each.
private final class Box {
  var scalar = JSONValue.null
  var object: JSONObject?
  var array: [JSONValue]?

  var value: JSONValue {
    object.map(JSONValue.object) ?? array.map(JSONValue.array) ?? scalar
  }
}

private struct JSONValueEncoder: Encoder {
  let box = Box()
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func encode(_ value: some Encodable, at path: [any CodingKey]) throws -> JSONValue {
    if let json = value as? JSONValue { return json }
    if let number = value as? Double { return JSONValue(number) }
    let encoder = JSONValueEncoder(codingPath: path)
    try value.encode(to: encoder)
    return encoder.box.value
  }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if box.object == nil { box.object = JSONObject() }
    return KeyedEncodingContainer(KeyedContainer(box: box, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    box.array = []
    return UnkeyedContainer(box: box, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleContainer(box: box, codingPath: codingPath)
  }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let box: Box
  let codingPath: [any CodingKey]

  mutating func encodeNil(forKey key: Key) { box.object?[key.stringValue] = .null }

  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    box.object?[key.stringValue] = try JSONValueEncoder.encode(value, at: codingPath + [key])
  }

  mutating func nestedContainer<Nested>(
    keyedBy keyType: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    preconditionFailure("no type on our wire nests its containers")
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("no type on our wire nests its containers")
  }

  mutating func superEncoder() -> any Encoder { JSONValueEncoder(codingPath: codingPath) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

private struct UnkeyedContainer: UnkeyedEncodingContainer {
  let box: Box
  let codingPath: [any CodingKey]
  var count: Int { box.array?.count ?? 0 }

  private func append(_ value: JSONValue) { box.array?.append(value) }

  mutating func encodeNil() { append(.null) }

  mutating func encode(_ value: some Encodable) throws {
    append(try JSONValueEncoder.encode(value, at: codingPath))
  }

  mutating func nestedContainer<Nested>(
    keyedBy keyType: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    preconditionFailure("no type on our wire nests its containers")
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    preconditionFailure("no type on our wire nests its containers")
  }

  mutating func superEncoder() -> any Encoder { JSONValueEncoder(codingPath: codingPath) }
}

private struct SingleContainer: SingleValueEncodingContainer {
  let box: Box
  let codingPath: [any CodingKey]

  mutating func encodeNil() { box.scalar = .null }
  mutating func encode(_ value: Bool) { box.scalar = .bool(value) }
  mutating func encode(_ value: String) { box.scalar = .string(value) }
  mutating func encode(_ value: Double) { box.scalar = JSONValue(value) }
  mutating func encode(_ value: Float) { box.scalar = JSONValue(Double(value)) }
  mutating func encode(_ value: Int) { box.scalar = .integer(Int64(value)) }
  mutating func encode(_ value: Int8) { box.scalar = .integer(Int64(value)) }
  mutating func encode(_ value: Int16) { box.scalar = .integer(Int64(value)) }
  mutating func encode(_ value: Int32) { box.scalar = .integer(Int64(value)) }
  mutating func encode(_ value: Int64) { box.scalar = .integer(value) }
  mutating func encode(_ value: UInt) throws { try encode(UInt64(value)) }
  mutating func encode(_ value: UInt8) { box.scalar = .integer(Int64(value)) }
  mutating func encode(_ value: UInt16) { box.scalar = .integer(Int64(value)) }
  mutating func encode(_ value: UInt32) { box.scalar = .integer(Int64(value)) }

  mutating func encode(_ value: UInt64) throws {
    guard let integer = Int64(exactly: value) else {
      throw EncodingError.invalidValue(
        value,
        .init(codingPath: codingPath, debugDescription: "64-bit counters travel as strings"))
    }
    box.scalar = .integer(integer)
  }

  mutating func encode(_ value: some Encodable) throws {
    box.scalar = try JSONValueEncoder.encode(value, at: codingPath)
  }
}

extension JSONValue: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .integer(let integer): try container.encode(integer)
    case .number(let number): try container.encode(number)
    case .string(let string): try container.encode(string)
    case .array(let array): try container.encode(array)
    case .object(let object):
      try container.encode(Dictionary(uniqueKeysWithValues: object.members.map { ($0, $1) }))
    }
  }
}
