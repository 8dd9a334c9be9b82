import JSON
import Testing

/// Writing and reading again gives the same value, through text and through `Codable`.
struct JSONRoundTripTests {
  /// A small generator with a fixed seed, so that a failure can be seen again.
  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private func randomText(_ generator: inout SplitMix) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "/", "\n", "\0", "\u{1F}", "\u{7F}", "é", "\u{2028}", "😀", "\u{FFFF}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "a")
    }
    return text
  }

  private func randomValue(_ depth: Int, _ generator: inout SplitMix) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int64(truncatingIfNeeded: generator.next()))
    case 3:
      let number = Double(bitPattern: generator.next())
      // A whole number that fits 64 bits comes back as the integer it is.
      return Int64(exactly: number) == nil ? JSONValue(number) : .number(0.5)
    case 4: return .string(randomText(&generator))
    case 5:
      return .array(
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          randomValue(depth - 1, &generator)
        })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        object[randomText(&generator)] = randomValue(depth - 1, &generator)
      }
      return .object(object)
    }
  }

  @Test("through text")
  func text() throws {
    var generator = SplitMix(state: 321)
    for _ in 0..<5000 {
      let value = randomValue(4, &generator)
      let bytes = value.bytes
      #expect(!bytes.contains(0x0A), "one line")
      #expect(try JSONValue(parsing: bytes) == value)
      #expect(try JSONValue(parsing: bytes).bytes == bytes, "order is kept")
      let line = Array("{\"v\":".utf8) + bytes + Array("}".utf8)
      #expect(try JSONMembers(parsing: line).bytes(of: "v").map(Array.init) == bytes)
      #expect(value.canonical == value)
    }
  }

  @Test("damage never traps, and checking finds what reading finds")
  func damage() {
    var generator = SplitMix(state: 654)
    let pieces = Array("{}[]\",:\\u0eE-+.0d8\u{7F}é\n ".utf8) + [0xFF, 0x00]
    for _ in 0..<5000 {
      var bytes = Array("{\"v\":".utf8) + randomValue(3, &generator).bytes + Array("}".utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = pieces.randomElement(using: &generator) ?? 0
      }
      guard bytes.first == UInt8(ascii: "{") else { continue }
      let read = Result { () throws(JSONSyntaxError) in try JSONValue(parsing: bytes) }
      let checked = Result { () throws(JSONSyntaxError) in try JSONMembers(parsing: bytes) }
      switch (read, checked) {
      case (.success, .success): break
      case (.failure(let one), .failure(let other)): #expect(one == other)
      default: Issue.record("\(read) but \(checked)")
      }
    }
  }

  @Test(
    "numbers are written in the shortest form that reads back",
    arguments: [
      (.leastNonzeroMagnitude, "5e-324"), (1e308, "1e+308"), (0.1, "0.1"), (1.0, "1"),
      (-0.0, "-0.0"),
      (9_007_199_254_740_991, "9007199254740991"), (1e16, "1e+16"), (1.0 / 3, "0.3333333333333333"),
      (.nan, "\"NaN\""), (.infinity, "\"Inf\""), (-.infinity, "\"-Inf\""),
    ] as [(Double, String)])
  func numbers(number: Double, text: String) throws {
    #expect(JSONValue(number).text == text)
    #expect(JSONValue.number(number).text == text)
    let back = try JSONValue(parsing: text).number
    #expect(back?.bitPattern == number.bitPattern || (number.isNaN && back?.isNaN == true))
  }

  private struct Sample: Codable, Hashable {
    var name = "x"
    var count = 7
    var number = 0.25
    var none: Int?
    var some: Bool? = true
    var list = [1.5, .infinity]
    var nested = [[JSONValue.integer(1), .string("a"), .null], []]
    var dictionary = ["b": 1]
    var small: [UInt8] = [1, 255]
  }

  @Test("through Codable, members in their order")
  func codable() throws {
    let value = try JSONValue(encoding: Sample())
    #expect(
      value.text
        == "{\"name\":\"x\",\"count\":7,\"number\":0.25,\"some\":true,\"list\":[1.5,\"Inf\"],"
        + "\"nested\":[[1,\"a\",null],[]],\"dictionary\":{\"b\":1},\"small\":[1,255]}")
    #expect(try Sample(json: value) == Sample())
    #expect(try JSONValue(json: value) == value)
    #expect(try [Int](json: [1, 2]) == [1, 2])
    #expect(try JSONValue(encoding: [1, 2]) == [1, 2])
    #expect(try JSONValue(encoding: "a") == "a")
  }

  @Test("an encoding is linear in what it encodes")
  func large() throws {
    let numbers = (0..<200_000).map(Double.init)
    let value = try JSONValue(encoding: numbers)
    #expect(value.array?.count == 200_000)
    #expect(try [Double](json: value) == numbers)
  }

  @Test("a decoding error names the member")
  func decodingErrors() {
    let cases: [(JSONValue, String)] = [
      (["name": 1], "name: expected a string, found a number"),
      (["name": "x"], "\"count\" is missing"),
      (["name": "x", "count": 1.5], "count: expected a whole number, found a number"),
      ([1], "expected an object, found an array"),
      (
        ["name": "x", "count": 1, "number": 1, "list": [1, "a"]],
        "list.1: expected a number, found a string"
      ),
    ]
    for (value, sentence) in cases {
      let error = #expect(throws: DecodingError.self) { try Sample(json: value) }
      switch error {
      case .typeMismatch(_, let context), .keyNotFound(_, let context):
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        #expect((path.isEmpty ? "" : path + ": ") + context.debugDescription == sentence)
      default: Issue.record("\(String(describing: error))")
      }
    }
  }

  @Test("64-bit counters that no JSON number holds are refused")
  func tooLarge() {
    #expect(throws: EncodingError.self) { try JSONValue(encoding: UInt64.max) }
  }

  @Test("objects are equal whatever their order, and their canonical texts are")
  func canonical() {
    let one: JSONValue = ["b": 1, "a": ["d": 1, "c": 2]]
    let other: JSONValue = ["a": ["c": 2, "d": 1], "b": 1]
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one.text != other.text)
    #expect(one.canonical.text == "{\"a\":{\"c\":2,\"d\":1},\"b\":1}")
    #expect(one.canonical.text == other.canonical.text)
    #expect(one != ["b": 1])
  }
}
