import JSON
import Testing

/// What the parser takes, what it refuses, and how it says so.
struct JSONParserTests {
  @Test(
    "numbers keep their last digit",
    arguments: [
      ("0", .integer(0)), ("-0", .number(-0.0)), ("-1", .integer(-1)),
      ("9007199254740993", .integer(9_007_199_254_740_993)),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)),
      ("5e-324", .number(.leastNonzeroMagnitude)), ("1e308", .number(1e308)),
      ("1E+2", .number(100)),
      ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)), ("0.1", .number(0.1)),
      ("2.2250738585072011e-308", .number(.leastNormalMagnitude.nextDown)), ("-0.0", .number(-0.0)),
      ("1e-400", .number(0)), ("15.0", .number(15)),
    ] as [(String, JSONValue)])
  func numbers(text: String, value: JSONValue) throws {
    let parsed = try JSONValue(parsing: text)
    #expect(parsed == value)
    if case .number(let number) = parsed, case .number(let expected) = value {
      #expect(number.bitPattern == expected.bitPattern)
    }
  }

  @Test(
    "strings are decoded",
    arguments: [
      (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00""#, "😀"), (#""😀""#, "😀"),
      (#""\u0000""#, "\0"), (#""a\u0062c""#, "abc"), (#""\uFFFF""#, "\u{FFFF}"),
      ("\"\u{7F}\"", "\u{7F}"),
    ])
  func strings(text: String, value: String) throws {
    #expect(try JSONValue(parsing: text) == .string(value))
  }

  @Test("space is skipped where JSON allows it, and only there")
  func space() throws {
    #expect(try JSONValue(parsing: " \t\r\n{ \"a\" : [ 1 , 2 ] } \n") == ["a": [1, 2]])
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "\u{A0}1") }
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "\u{FEFF}1") }
  }

  static let malformed: [(text: String, sentence: String)] = [
    ("", "byte 1: expected a value, found the end"),
    ("  ", "byte 3: expected a value, found the end"),
    ("x", "byte 1: expected a value"),
    ("tru", "byte 1: expected true"),
    ("nul", "byte 1: expected null"),
    ("fals", "byte 1: expected false"),
    ("1 2", "byte 3: text after the end of the value"),
    ("01", "byte 1: expected a number without leading zeros"),
    ("-01", "byte 1: expected a number without leading zeros"),
    ("-", "byte 2: expected a digit"),
    ("+1", "byte 1: expected a value"),
    (".5", "byte 1: expected a value"),
    ("1.", "byte 3: expected a digit"),
    ("1e", "byte 3: expected a digit"),
    ("1e+", "byte 4: expected a digit"),
    ("1e999", "byte 1: expected a number within the range of a double"),
    ("-1e999", "byte 1: expected a number within the range of a double"),
    ("NaN", "byte 1: NaN is not JSON; send the string \"NaN\", \"Inf\" or \"-Inf\" instead"),
    (
      "[1,Infinity]",
      "byte 4: Infinity is not JSON; send the string \"NaN\", \"Inf\" or \"-Inf\" instead"
    ),
    (
      "-Infinity",
      "byte 2: -Infinity is not JSON; send the string \"NaN\", \"Inf\" or \"-Inf\" instead"
    ),
    ("\"a", "byte 1: expected a closing quote"),
    ("\"a\\", "byte 3: expected a closing quote"),
    ("\"a\\\"", "byte 1: expected a closing quote"),
    ("\"\\x\"", "byte 2: expected an escape JSON knows"),
    ("\"\\u12G4\"", "byte 2: expected four hexadecimal digits"),
    ("\"\\u12", "byte 2: expected four hexadecimal digits"),
    ("\"\\ud800\"", "byte 2: expected a surrogate pair"),
    ("\"\\ude00\"", "byte 2: expected a surrogate pair"),
    ("\"\\ud800\\u0041\"", "byte 2: expected a surrogate pair"),
    ("\"\\ud800\\n\"", "byte 2: expected a surrogate pair"),
    ("\"a\nb\"", "byte 3: expected control characters in strings as \\u escapes"),
    ("\"\\n\u{1}\"", "byte 4: expected control characters in strings as \\u escapes"),
    ("[", "byte 2: expected a value, found the end"),
    ("[1", "byte 3: expected ',' or ']'"),
    ("[1,]", "byte 4: expected a value"),
    ("[,1]", "byte 2: expected a value"),
    ("]", "byte 1: expected a value"),
    ("{", "byte 2: expected a key in double quotes"),
    ("{a:1}", "byte 2: expected a key in double quotes"),
    ("{\"a\"}", "byte 5: expected ':' after the key"),
    ("{\"a\":}", "byte 6: expected a value"),
    ("{\"a\":1", "byte 7: expected ',' or '}'"),
    ("{\"a\":1,}", "byte 8: expected a key in double quotes"),
    ("{\"a\":1,\"b\":2,\"a\":3}", "byte 14: the key \"a\" occurs twice in one object"),
    ("{\"a\":1,\"\\u0061\":3}", "byte 8: the key \"a\" occurs twice in one object"),
    ("[{\"\":1,\"\":3}]", "byte 8: the key \"\" occurs twice in one object"),
  ]

  @Test("what is not JSON is refused at the byte where it goes wrong", arguments: malformed)
  func refuses(text: String, sentence: String) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    #expect(error?.description == sentence)
    // Where only the syntax is checked, every fault is found at the same byte.
    let object = "{\"x\":" + text
    let checked = #expect(throws: JSONSyntaxError.self) {
      try JSONMembers(parsing: Array(object.utf8))
    }
    let read = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: object) }
    #expect(checked == read)
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80], [0x41, 0x80],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    for text in [[quote] + bytes + [quote], [quote] + Array("\\n".utf8) + bytes + [quote]] {
      let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
      #expect(error?.description == "byte 2: not valid UTF-8")
      let object = Array("{\"a\":".utf8) + text + Array("}".utf8)
      let checked = #expect(throws: JSONSyntaxError.self) { try JSONMembers(parsing: object) }
      #expect(checked?.description == "byte 7: not valid UTF-8")
    }
  }

  @Test("nesting ends at 64 levels")
  func depth() throws {
    for (open, close, inner) in [("[", "]", "1"), ("{\"a\":", "}", "1")] {
      let deep = String(repeating: open, count: 64) + inner + String(repeating: close, count: 64)
      _ = try JSONValue(parsing: deep)
      let tooDeep = open + deep + close
      let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: tooDeep) }
      #expect(error?.reason == .tooDeep(limit: 64))
      #expect(error?.description.hasSuffix("nested more than 64 levels deep") == true)
    }
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONMembers(parsing: Array((String(repeating: "{\"a\":", count: 100_000)).utf8))
    }
    #expect(error?.reason == .tooDeep(limit: 64))
  }

  @Test("members are passed on as they were written")
  func members() throws {
    let text = " {\"id\": 7, \"result\" : {\"x\": 1.50, \"y\":[ ]} , \"\\u0061\":\"b\"} "
    let members = try JSONMembers(parsing: Array(text.utf8))
    #expect(members.keys == ["id", "result", "a"])
    #expect(
      members.bytes(of: "result").map { String(decoding: $0, as: UTF8.self) }
        == "{\"x\": 1.50, \"y\":[ ]}")
    #expect(members["id"] == 7)
    #expect(members["a"] == "b")
    #expect(members["none"] == nil)
    #expect(try JSONMembers(parsing: Array("{}".utf8)).keys == [])
    let error = #expect(throws: JSONSyntaxError.self) { try JSONMembers(parsing: Array("[]".utf8)) }
    #expect(error?.description == "byte 1: expected an object")
  }

  @Test("an object of many members is checked for doubles, too")
  func manyMembers() throws {
    let members = (0..<2000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    _ = try JSONMembers(parsing: Array("{\"o\":{\(members)}}".utf8))
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONMembers(parsing: Array("{\"o\":{\(members),\"k7\":1}}".utf8))
    }
    #expect(error?.reason == .duplicateKey("k7"))
  }
}
