internal import JSON

/// The members of a Dataset-JSON object around its rows, while they are read.
struct DatasetJSONHead: Sendable {
  /// The object without the elements of `rows`.
  private(set) var bytes: [UInt8] = []
  /// Where it starts in the file.
  var start = 0
  /// Where the rows were taken out, and how many bytes they had.
  private var gap: (position: Int, bytes: Int) = (Int.max, 0)
  /// Where the last text directly inside the object begins and ends.
  private var text = 0..<0
  private var textStart: Int?

  /// Adds a byte that comes at a depth, in or outside a string.
  mutating func append(_ byte: UInt8, depth: Int, isInString: Bool, isEscaped: Bool) {
    if depth == 1, byte == UInt8(ascii: "\"") {
      if !isInString {
        textStart = bytes.count + 1
      } else if !isEscaped, let start = textStart {
        text = start..<bytes.count
        textStart = nil
      }
    }
    bytes.append(byte)
  }

  /// Whether the bracket just added opens the member `rows`.
  var isAtRows: Bool {
    let between = bytes[text.upperBound...].dropFirst().dropLast()
    return bytes[text].elementsEqual("rows".utf8)
      && between.filter { !DatasetJSONReader.isSpace($0) } == [UInt8(ascii: ":")]
  }

  /// Takes up again after the rows, with the bracket that closes them.
  mutating func endRows(_ byte: UInt8, at offset: Int) {
    gap = (bytes.count, offset - start - bytes.count)
    bytes.append(byte)
  }

  /// Reads the members; `closing` closes the rows and the object first, to read what precedes.
  func header(closing: Bool) throws(DatasetJSONProblem) -> DatasetJSONHeader {
    let text = closing ? bytes + Array("]}".utf8) : bytes
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(parsing: text)
    } catch {
      throw Self.problem(error, in: text, at: fileOffset(error.offset), row: nil)
    }
    do throws(DatasetJSONHeader.Refusal) {
      return try DatasetJSONHeader(value.object ?? [:])
    } catch {
      throw DatasetJSONProblem(
        offset: fileOffset(position(of: error.key)), row: nil, found: error.found,
        expected: error.expected)
    }
  }

  private func fileOffset(_ position: Int) -> Int {
    start + position + (position >= gap.position ? gap.bytes : 0)
  }

  /// Where a key first stands, or the end.
  private func position(of key: String) -> Int {
    let quoted = Array("\"\(key)\"".utf8)
    let last = bytes.count - quoted.count
    guard last >= 0 else { return max(0, bytes.count - 1) }
    return (0...last).first { bytes[$0...].starts(with: quoted) } ?? max(0, bytes.count - 1)
  }

  /// A fault of JSON's syntax in our words.
  static func problem(
    _ error: JSONSyntaxError, in bytes: [UInt8], at offset: Int, row: Int?
  ) -> DatasetJSONProblem {
    let byte =
      error.offset < bytes.count ? DatasetJSONReader.quoted(bytes[error.offset]) : "the end"
    let (found, expected) =
      switch error.reason {
      case .expected(let what): (byte, what)
      case .duplicateKey(let key): ("a second key \"\(key)\"", "each key once")
      case .tooDeep(let limit): ("more than \(limit) levels of nesting", "a plain value")
      case .invalidUTF8: ("bytes that are not UTF-8", "UTF-8 text")
      case .trailingText: (byte, "the end of the value")
      case .notFinite(let word): (word, "a number, a string or null")
      }
    return DatasetJSONProblem(offset: offset, row: row, found: found, expected: expected)
  }
}
