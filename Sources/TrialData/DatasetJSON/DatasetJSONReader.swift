package import JSON

/// Reads CDISC Dataset-JSON 1.1, as one object or as lines (NDJSON), from chunks of any size.
///
/// Nothing is held but what precedes the rows and one row; only where a file puts its rows
/// before its columns, which JSON allows, are the rows held too. However the bytes are cut into
/// chunks, rows and problems are the same. What is wrong ends the reading, with its byte.
///
/// ## References
///
/// - CDISC (2024). Dataset-JSON, version 1.1.
package struct DatasetJSONReader: Sendable {
  package enum Event: Sendable {
    case header(DatasetJSONHeader)
    case row(number: Int, offset: Int, values: [JSONValue])
  }

  /// A longer row, or a longer header, is refused.
  package static let longestPieceBytes = 16 << 20

  private enum State: Sendable {
    /// The members around the rows.
    case head
    /// Inside the member `rows`, and whether an element, a comma or the end may come.
    case rows(RowPlace)
    /// After the object: rows on lines of their own, if the object had none.
    case after
    case row(inArray: Bool)
  }

  private enum RowPlace: Sendable { case first, element, separator }

  private struct Piece: Sendable {
    var bytes: [UInt8]
    var offset: Int
    var number: Int
  }

  private var state = State.head
  private var offset = 0
  /// Of the value being read: brackets open in it.
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var head = DatasetJSONHead()
  private var piece = Piece(bytes: [], offset: 0, number: 0)
  private var held: [Piece] = []
  private var header: DatasetJSONHeader?
  private var hasRows = false
  private var mark = 0

  package init() {}

  /// The bytes this reader holds.
  package var heldBytes: Int {
    head.bytes.count + piece.bytes.count + held.reduce(0) { $0 + $1.bytes.count }
  }

  /// Reads a chunk and hands over each row it completes.
  ///
  /// - Throws: ``DatasetJSONProblem``; nothing more can be read then.
  package mutating func read(
    _ chunk: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(DatasetJSONProblem) {
    for byte in chunk {
      if offset == mark, mark < 3, byte == [0xEF, 0xBB, 0xBF][mark] {
        mark += 1
      } else {
        try take(byte, body)
      }
      offset += 1
    }
  }

  /// Hands over what the end of the file completes, and checks the number of rows.
  package mutating func finish(_ body: (Event) -> Void) throws(DatasetJSONProblem) {
    guard case .after = state, let header else {
      let row: Int? = if case .row = state { piece.number } else { nil }
      throw problem(
        "the end of the file", row == nil ? "a whole Dataset-JSON object" : "the rest of the row",
        row: row)
    }
    guard piece.number == header.records else {
      throw problem("\(piece.number) rows", "\(header.records), as \"records\" says")
    }
  }

  private mutating func take(
    _ byte: UInt8, _ body: (Event) -> Void
  ) throws(DatasetJSONProblem) {
    switch state {
    case .head: try takeHead(byte, body)
    case .rows(let place): try takeBetweenRows(byte, place)
    case .after: try takeAfter(byte)
    case .row(let inArray): try takeRow(byte, inArray: inArray, body)
    }
  }

  // MARK: Members

  private mutating func takeHead(
    _ byte: UInt8, _ body: (Event) -> Void
  ) throws(DatasetJSONProblem) {
    if head.bytes.isEmpty {
      if Self.isSpace(byte) { return }
      guard byte == UInt8(ascii: "{") else {
        throw problem(Self.quoted(byte), "\"{\", as Dataset-JSON begins")
      }
      head.start = offset
    }
    head.append(byte, depth: depth, isInString: isInString, isEscaped: isEscaped)
    guard head.bytes.count <= Self.longestPieceBytes else {
      throw problem("a header of more than \(Self.longestPieceBytes) bytes", "a shorter one")
    }
    follow(byte)
    if depth == 2, byte == UInt8(ascii: "["), !isInString, head.isAtRows {
      try beginRows(body)
    } else if depth == 0, !isInString {
      try endHead(body)
    }
  }

  private mutating func beginRows(_ body: (Event) -> Void) throws(DatasetJSONProblem) {
    guard !hasRows else { throw problem("a second member \"rows\"", "one") }
    hasRows = true
    state = .rows(.first)
    guard let early = try? head.header(closing: true) else { return }
    header = early
    body(.header(early))
  }

  private mutating func endHead(_ body: (Event) -> Void) throws(DatasetJSONProblem) {
    let whole = try head.header(closing: false)
    state = .after
    if header == nil { body(.header(whole)) }
    header = whole
    for piece in held { try hand(piece, body) }
    held = []
  }

  // MARK: Rows

  private mutating func takeBetweenRows(
    _ byte: UInt8, _ place: RowPlace
  ) throws(DatasetJSONProblem) {
    if Self.isSpace(byte) { return }
    switch (byte, place) {
    case (UInt8(ascii: "["), .first), (UInt8(ascii: "["), .element): beginRow(byte, inArray: true)
    case (UInt8(ascii: ","), .separator): state = .rows(.element)
    case (UInt8(ascii: "]"), .first), (UInt8(ascii: "]"), .separator):
      state = .head
      head.endRows(byte, at: offset)
      depth -= 1
    default:
      let expected = place == .separator ? "\",\" or \"]\" after a row" : "\"[\", as a row begins"
      throw problem(Self.quoted(byte), expected, row: piece.number + 1)
    }
  }

  private mutating func takeAfter(_ byte: UInt8) throws(DatasetJSONProblem) {
    if Self.isSpace(byte) { return }
    guard !hasRows, byte == UInt8(ascii: "[") else {
      throw problem(
        Self.quoted(byte), hasRows ? "the end of the file" : "\"[\", as a row begins",
        row: hasRows ? nil : piece.number + 1)
    }
    beginRow(byte, inArray: false)
  }

  private mutating func beginRow(_ byte: UInt8, inArray: Bool) {
    piece.bytes.removeAll(keepingCapacity: true)
    piece.bytes.append(byte)
    piece.offset = offset
    piece.number += 1
    state = .row(inArray: inArray)
    depth += 1
  }

  private mutating func takeRow(
    _ byte: UInt8, inArray: Bool, _ body: (Event) -> Void
  ) throws(DatasetJSONProblem) {
    piece.bytes.append(byte)
    guard piece.bytes.count <= Self.longestPieceBytes else {
      throw problem(
        "a row of more than \(Self.longestPieceBytes) bytes", "a shorter one", row: piece.number)
    }
    follow(byte)
    guard depth == (inArray ? 2 : 0), !isInString else { return }
    state = inArray ? .rows(.separator) : .after
    if header == nil { held.append(piece) } else { try hand(piece, body) }
  }

  private func hand(_ piece: Piece, _ body: (Event) -> Void) throws(DatasetJSONProblem) {
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(parsing: piece.bytes, maximumDepth: 8)
    } catch {
      throw DatasetJSONHead.problem(
        error, in: piece.bytes, at: piece.offset + error.offset, row: piece.number)
    }
    body(.row(number: piece.number, offset: piece.offset, values: value.array ?? []))
  }

  // MARK: Bytes

  /// Keeps count of brackets, passing over strings.
  private mutating func follow(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
    default: break
    }
  }

  private func problem(
    _ found: String, _ expected: String, row: Int? = nil
  ) -> DatasetJSONProblem {
    DatasetJSONProblem(offset: offset, row: row, found: found, expected: expected)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  static func quoted(_ byte: UInt8) -> String {
    (0x20...0x7E).contains(byte) ? "\"\(Character(Unicode.Scalar(byte)))\"" : "the byte \(byte)"
  }
}
