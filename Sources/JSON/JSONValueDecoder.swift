extension Decodable {
  /// Reads a value from its JSON form.
  ///
  /// - Throws: `DecodingError` with the path to the member that is missing or of the wrong kind.
  public init(json: JSONValue) throws {
    if let value = json as? Self {
      self = value
    } else {
      try self.init(from: JSONValueDecoder(value: json, codingPath: []))
    }
  }
}

private struct JSONValueDecoder: Decoder {
  let value: JSONValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard let object = value.object else { throw mismatch("an object") }
    return KeyedDecodingContainer(KeyedContainer(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let array = value.array else { throw mismatch("an array") }
    return UnkeyedContainer(array: array, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    SingleContainer(decoder: self)
  }

  func mismatch(_ expected: String) -> DecodingError {
    .typeMismatch(
      JSONValue.self,
      .init(codingPath: codingPath, debugDescription: "expected \(expected), found \(value.kind)"))
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if let json = value as? T { return json }
    if type == Double.self, let number = value.number as? T { return number }
    return try T(from: self)
  }

  func wholeNumber<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard let integer = value.integer, let exact = T(exactly: integer) else {
      throw mismatch("a whole number")
    }
    return exact
  }
}

private struct KeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONObject
  let codingPath: [any CodingKey]
  var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

  func decodeNil(forKey key: Key) -> Bool {
    object[key.stringValue].map { $0 == .null } ?? true
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    guard let value = object[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "\"\(key.stringValue)\" is missing"))
    }
    return try JSONValueDecoder(value: value, codingPath: codingPath + [key]).decode(type)
  }

  func nestedContainer<Nested>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try superDecoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try superDecoder(forKey: key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    JSONValueDecoder(value: .object(object), codingPath: codingPath)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    JSONValueDecoder(value: object[key.stringValue] ?? .null, codingPath: codingPath + [key])
  }
}

private struct IndexKey: CodingKey {
  let intValue: Int?
  var stringValue: String { "\(intValue ?? 0)" }
  init(_ index: Int) { intValue = index }
  init(intValue: Int) { self.intValue = intValue }
  init?(stringValue: String) { nil }
}

private struct UnkeyedContainer: UnkeyedDecodingContainer {
  let array: [JSONValue]
  let codingPath: [any CodingKey]
  var currentIndex = 0
  var count: Int? { array.count }
  var isAtEnd: Bool { currentIndex >= array.count }

  init(array: [JSONValue], codingPath: [any CodingKey]) {
    self.array = array
    self.codingPath = codingPath
  }

  private func next() throws -> JSONValueDecoder {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        JSONValue.self, .init(codingPath: codingPath, debugDescription: "the array is too short"))
    }
    return JSONValueDecoder(
      value: array[currentIndex], codingPath: codingPath + [IndexKey(currentIndex)])
  }

  mutating func decodeNil() throws -> Bool {
    guard try next().value == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try next().decode(type)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try superDecoder().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try superDecoder().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder {
    defer { currentIndex += 1 }
    return try next()
  }
}

private struct SingleContainer: SingleValueDecodingContainer {
  let decoder: JSONValueDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard let bool = decoder.value.bool else { throw decoder.mismatch("true or false") }
    return bool
  }

  func decode(_ type: String.Type) throws -> String {
    guard let string = decoder.value.string else { throw decoder.mismatch("a string") }
    return string
  }

  func decode(_ type: Double.Type) throws -> Double {
    guard let number = decoder.value.number else { throw decoder.mismatch("a number") }
    return number
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try decoder.wholeNumber(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.wholeNumber(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.wholeNumber(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.wholeNumber(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.wholeNumber(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.wholeNumber(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.wholeNumber(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.wholeNumber(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.wholeNumber(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.wholeNumber(type) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type) }
}

extension JSONValue: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self = try container.decode(JSONValue.self)
  }
}
