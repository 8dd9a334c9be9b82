import JSON
import PluginProtocol

/// Finds out the JSON Schema of a type by letting the type decode itself: what it asks for, by
/// which name and of which kind, is its schema.
///
/// So the schemas cannot fall behind the types. Every text, number and list the type asks for
/// exists and is empty or zero.
struct SchemaDecoder: Decoder {
  /// What the type has asked for so far.
  final class Record {
    var schema: JSONObject?
    var properties = JSONObject()
    var required: [JSONValue] = []
    var isObject = false

    var value: JSONValue {
      if let schema { return .object(schema) }
      guard isObject else { return [:] }
      var object: JSONObject = ["type": "object", "properties": .object(properties)]
      if !required.isEmpty { object["required"] = .array(required) }
      return .object(object)
    }
  }

  let record = Record()
  let codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The schema of a type, and a value of it to go on with.
  static func describe<Value: Decodable>(
    _ type: Value.Type
  ) throws -> (schema: JSONValue, value: Value) {
    if let known = try known(type) { return known }
    let decoder = SchemaDecoder()
    let value = try Value(from: decoder)
    return (decoder.record.value, value)
  }

  /// Types whose schema is not what they ask for.
  private static func known<Value: Decodable>(
    _ type: Value.Type
  ) throws -> (schema: JSONValue, value: Value)? {
    let all: [(JSONValue, Any)] = [
      ([:], JSONValue.null), (["type": "object"], JSONObjectBox([:])),
      (["type": "string"], ""), (["type": "boolean"], false), (["type": "integer"], 0),
      (["type": "integer"], Int64(0)), (["$ref": "#/$defs/number"], 0.0),
    ]
    for (schema, value) in all {
      if let value = value as? Value, Swift.type(of: value as Any) == type {
        return (schema, value)
      }
    }
    guard let cases = type as? any CaseIterable.Type, let first = Self.values(of: cases).first,
      let value = first as? Value
    else { return nil }
    let names = Self.values(of: cases).compactMap { ($0 as? any RawRepresentable)?.rawValue }
    return (["enum": .array(names.compactMap { ($0 as? String).map(JSONValue.string) })], value)
  }

  private static func values<Cases: CaseIterable>(of type: Cases.Type) -> [Any] {
    Array(type.allCases)
  }

  func container<Key>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    record.isObject = true
    return KeyedDecodingContainer(KeyedSchema(record: record))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { UnkeyedSchema(record: record) }

  func singleValueContainer() -> any SingleValueDecodingContainer { SingleSchema(record: record) }
}

/// The members a type asks for.
private struct KeyedSchema<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let record: SchemaDecoder.Record
  var codingPath: [any CodingKey] { [] }

  /// Only a dictionary asks which keys there are; its one member stands for all.
  var allKeys: [Key] {
    record.schema = ["type": "object"]
    return Key(stringValue: "any").map { [$0] } ?? []
  }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    if record.schema == nil { record.required.append(.string(key.stringValue)) }
    return try note(type, key)
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try note(type, key)
  }

  // For these the protocol brings implementations of its own, which ask for the member itself.
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try note(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try note(type, key)
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try note(type, key)
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try note(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try note(type, key)
  }

  private func note<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
    let (schema, value) = try SchemaDecoder.describe(type)
    if record.schema != nil {
      record.schema?["additionalProperties"] = schema
    } else {
      record.properties[key.stringValue] = schema
    }
    return value
  }

  func nestedContainer<Nested>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedDecodingContainer<Nested> {
    preconditionFailure("no type on our wire nests its containers")
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
    preconditionFailure("no type on our wire nests its containers")
  }

  func superDecoder() -> any Decoder { SchemaDecoder() }
  func superDecoder(forKey key: Key) -> any Decoder { SchemaDecoder() }
}

/// The one element of a list, which stands for all.
private struct UnkeyedSchema: UnkeyedDecodingContainer {
  let record: SchemaDecoder.Record
  var codingPath: [any CodingKey] { [] }
  var count: Int? { 1 }
  var currentIndex = 0
  var isAtEnd: Bool { currentIndex > 0 }

  init(record: SchemaDecoder.Record) {
    self.record = record
    record.schema = ["type": "array"]
  }

  mutating func decodeNil() -> Bool { false }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    currentIndex += 1
    let (schema, value) = try SchemaDecoder.describe(type)
    record.schema?["items"] = schema
    return value
  }

  mutating func nestedContainer<Nested>(
    keyedBy type: Nested.Type
  ) -> KeyedDecodingContainer<Nested> {
    preconditionFailure("no type on our wire nests its containers")
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
    preconditionFailure("no type on our wire nests its containers")
  }

  mutating func superDecoder() -> any Decoder { SchemaDecoder() }
}

/// A value that stands for itself, such as a text with a type of its own.
private struct SingleSchema: SingleValueDecodingContainer {
  let record: SchemaDecoder.Record
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let (schema, value) = try SchemaDecoder.describe(type)
    record.schema = schema.object
    return value
  }
}
