import Testing

@testable import TrialData

struct CSVReaderTests {
  struct Reading: Equatable {
    var records: [[String]] = []
    var lines: [Int] = []
    var problems: [String] = []
  }

  private func read(_ bytes: [UInt8], chunk size: Int = .max) -> Reading {
    var reader = CSVReader()
    var reading = Reading()
    func take(_ record: CSVRecord) {
      reading.records.append((0..<record.fieldCount).map(record.text))
      reading.lines.append(record.line)
    }
    var start = 0
    while start < bytes.count {
      let end = start + min(size, bytes.count - start)
      let chunk = Array(bytes[start..<end])
      reader.read(chunk.span) { take($0) }
      start = end
    }
    reader.finish { take($0) }
    reading.problems = reader.problems.map(\.description)
    return reading
  }

  @Test(
    "reads records by RFC 4180",
    arguments: [
      ("", []), ("a", [["a"]]), ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]), ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]), ("\u{FEFF}a\n", [["a"]]), ("\"a\"\n", [["a"]]),
      ("\u{FEFF}\"a\"\n", [["a"]]), ("\"a,b\",c", [["a,b", "c"]]),
      ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]), ("\"\",", [["", ""]]),
      ("\"a\nb\"\nc", [["a\nb"], ["c"]]), ("\"a\r\nb\"\r\nc", [["a\r\nb"], ["c"]]),
      (",", [["", ""]]), (",\n,", [["", ""], ["", ""]]), ("\n\na", [[""], [""], ["a"]]),
      ("\"\"", [[""]]), (" a , b ", [[" a ", " b "]]), ("é,ü\n", [["é", "ü"]]),
    ] as [(String, [[String]])])
  func reads(text: String, records: [[String]]) {
    let reading = read(Array(text.utf8))
    #expect(reading.records == records)
    #expect(reading.problems == [])
  }

  @Test func `lines are physical ones`() {
    let reading = read(Array("a\r\n\"b\n\nc\"\r\nd\re\n".utf8))
    #expect(reading.records == [["a"], ["b\n\nc"], ["d"], ["e"]])
    #expect(reading.lines == [1, 2, 5, 6])
  }

  @Test(
    "says what is wrong, and where, and goes on",
    arguments: [
      (
        "a\nb\"c\nd", [["a"], ["b\"c"], ["d"]],
        [
          "line 2, character 2: found a quote inside an unquoted field, expected the whole field in "
            + "quotes and the quote doubled"
        ]
      ),
      (
        "\"é\"x,y\nd", [["éx", "y"], ["d"]],
        [
          "line 1, character 4: found text after a closing quote, expected a comma or the end of the line"
        ]
      ),
      (
        "a\nb,\"c\nd\n", [["a"], ["b", "c\nd\n"]],
        ["line 2, character 3: found a quote that is never closed, expected a closing quote"]
      ),
      (
        "a\0b\nc", [["a\0b"], ["c"]], ["line 1: found a NUL character, expected text"]
      ),
    ] as [(String, [[String]], [String])])
  func recovers(text: String, records: [[String]], problems: [String]) {
    let reading = read(Array(text.utf8))
    #expect(reading.records == records)
    #expect(reading.problems == problems)
  }

  @Test(
    "reports bytes that are not UTF-8 with their line",
    arguments: [
      [0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80],
    ])
  func invalidText(bytes: [UInt8]) {
    let reading = read(Array("a\n".utf8) + bytes + Array("\nb\n".utf8))
    #expect(reading.records.count == 3)
    #expect(reading.problems == ["line 2: found bytes that are not UTF-8, expected UTF-8 text"])
  }

  @Test func `part of a byte-order mark is text`() {
    #expect(read([0xEF, 0xBB]).records.count == 1)
    #expect(read([0xEF]).problems.count == 1)
    #expect(read([0xEF, 0xBB, 0xBF]) == Reading())
    #expect(read([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x61]).records == [["\u{FEFF}a"]])
  }

  /// All sequences of up to five of the bytes that mean something.
  @Test("reads any bytes the same however they are cut")
  func anyBytes() {
    let alphabet: [UInt8] = [
      UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
      UInt8(ascii: "a"), 0xEF, 0xBB, 0xBF, 0x00, 0xFF,
    ]
    var sequences: [[UInt8]] = [[]]
    var last = sequences
    for _ in 0..<4 {
      last = last.flatMap { sequence in alphabet.map { sequence + [$0] } }
      sequences += last
    }
    for sequence in sequences {
      let whole = read(sequence)
      for size in 1...2 where read(sequence, chunk: size) != whole {
        Issue.record("\(sequence) in chunks of \(size)")
      }
    }
  }

  /// Eight bytes are looked at at once where there are so many; one at a time they never are.
  @Test("reads records that need no thought as it reads others", arguments: 0..<8)
  func plainRecords(shift: Int) {
    let alphabet: [UInt8] = [
      UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
      UInt8(ascii: "a"), UInt8(ascii: "\t"), 0x00, 0xC3, 0xA9, 0xFF,
    ]
    let before =
      Array("x,y\nabc,defghij,\n".utf8) + Array(repeating: UInt8(ascii: "k"), count: shift)
    let after = Array("lm,nopqrstuvw\r\n,,\n\nzz,zzzzzzzzzzzzzzzzz,z\nlast,one".utf8)
    for first in alphabet {
      for second in alphabet {
        for third in alphabet {
          let bytes = before + [first, second, third] + after
          let single = read(bytes, chunk: 1)
          for size in [9, 16, 23, .max] where read(bytes, chunk: size) != single {
            Issue.record("\([first, second, third]) in chunks of \(size)")
          }
        }
      }
    }
  }

  @Test("a record of more fields than are looked at at once is read", arguments: [511, 512, 513])
  func manyFields(count: Int) {
    let texts = (0..<count).map { "f\($0)" }
    let line = texts.joined(separator: ",") + "\n"
    #expect(read(Array((line + line).utf8)).records == [texts, texts])
  }

  /// What RFC 4180 says to write, read back.
  @Test("reads back what was written", arguments: 0..<200)
  func roundTrip(seed: UInt64) {
    var random = SplitMix(state: seed)
    let texts = ["", "a", "\"", ",", "\n", "\r\n", "a\"b", "é", "\u{FEFF}", " x ", "1.5", "\r"]
    let width = Int.random(in: 1...4, using: &random)
    let records = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      (0..<width).map { _ in texts.randomElement(using: &random) ?? "" }
    }
    let text = records.map { record in
      record.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
    }.joined()
    let reading = read(Array(text.utf8), chunk: Int.random(in: 1...9, using: &random))
    #expect(reading == Reading(records: records, lines: reading.lines))
  }

  @Test func `a record without end is given up`() {
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: CSVReader.longestRecordBytes + 1)
    var reader = CSVReader()
    reader.read(long.span) { _ in Issue.record("no record is whole") }
    reader.finish { _ in Issue.record("no record is whole") }
    #expect(reader.hasStopped)
    #expect(
      reader.problems.map(\.description) == [
        "line 1: found a record of more than 1048576 bytes, expected a CSV table"
      ])
  }

  @Test func `a record of nothing but fields is given up`() {
    let commas = [UInt8](repeating: UInt8(ascii: ","), count: CSVReader.mostFields + 1)
    #expect(
      read(commas).problems == ["line 1: found more than 10000 fields, expected a CSV table"])
  }

  @Test func `only the first ten thousand problems are kept`() {
    let quotes = Array(String(repeating: "a\"\n", count: 10_001).utf8)
    var reader = CSVReader()
    reader.read(quotes.span) { _ in }
    #expect(reader.problems.count == 10_000)
    #expect(reader.problemCount == 10_001)
  }

  @Test(arguments: [
    ("a,b;c", ","), ("a;b", ";"), ("a\tb", "\t"), ("\"a,b\";c", ";"), ("a", ","), ("", ","),
  ])
  func delimiter(header: String, expected: String) {
    let found = CSVReader.delimiter(ofFirstLine: Array("\(header)\n1,2;3\t4\n".utf8))
    #expect(String(decoding: [found], as: UTF8.self) == expected)
  }
}

/// A seeded generator (Steele, Lea & Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
