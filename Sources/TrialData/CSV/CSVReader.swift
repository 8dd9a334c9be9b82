/// Reads CSV by RFC 4180, from chunks of any size, without ever holding more than one record.
///
/// Quoted fields, doubled quotes, line breaks inside quotes, a byte-order mark, and lines ended
/// by LF, CRLF or CR are read. What is wrong is recorded with its place, and reading goes on:
/// a stray quote stands for itself. However the bytes are cut into chunks, records and problems
/// are the same, and no sequence of bytes is refused by a crash.
///
/// ## References
///
/// - Shafranovich Y (2005). Common format and MIME type for comma-separated values (CSV) files.
///   RFC 4180, section 2.
public struct CSVReader: Sendable {
  public static let longestRecordBytes = 1 << 20
  public static let mostFields = 10_000
  static let keptProblems = 10_000

  /// The first ten thousand.
  public internal(set) var problems: [CSVProblem] = []
  public internal(set) var problemCount = 0
  /// Whether reading was given up because a record outgrew its limit.
  public internal(set) var hasStopped = false

  enum State: Sendable { case fieldStart, unquoted, quoted, quoteInQuoted }

  let delimiter: UInt8
  var state = State.fieldStart
  var bytes: [UInt8] = []
  var ends: [Int] = []
  var line = 1
  var column = 0
  var recordLine = 1
  var quotePlace = (line: 1, column: 1)
  var previousWasCR = false
  var hasHighBytes = false
  var hasNul = false
  /// How much of a byte-order mark has been seen; nothing once it cannot come any more.
  var markBytes: Int? = 0
  var hasOpenRecord = false

  public init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

  /// Reads a chunk and hands over each record it completes.
  public mutating func read(_ chunk: Span<UInt8>, _ body: (CSVRecord) -> Void) {
    unsafe chunk.withUnsafeBufferPointer { buffer in
      unsafe read(buffer, plain: { unsafe body($0.copied()) }, body)
    }
  }

  /// Reads a chunk; records that need no thought are handed over as they stand in it.
  @inline(__always)
  mutating func read(
    _ buffer: UnsafeBufferPointer<UInt8>, plain: (PlainRecord) -> Void,
    _ body: (CSVRecord) -> Void
  ) {
    var index = 0
    while index < buffer.count, !hasStopped {
      if isBetweenRecords { unsafe index = readPlain(buffer, from: index, plain) }
      unsafe index = readOne(buffer, from: index, body)
    }
  }

  /// Whether the next byte begins a record.
  var isBetweenRecords: Bool {
    state == .fieldStart && !hasOpenRecord && !previousWasCR && markBytes == nil && !hasStopped
  }

  /// Reads plain records as long as there are.
  ///
  /// - Returns: Where reading is to go on.
  @inline(__always)
  private mutating func readPlain(
    _ buffer: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (PlainRecord) -> Void
  ) -> Int {
    guard var scanner = PlainScanner(delimiter: delimiter) else { return start }
    var index = start
    while let next = unsafe scanner.scan(buffer, from: index, line: line, body) {
      index = next
      line += 1
      recordLine = line
      column = 0
    }
    return index
  }

  /// Reads text that needs no thought, or one byte.
  ///
  /// - Returns: Where reading is to go on.
  @inline(__always)
  private mutating func readOne(
    _ buffer: UnsafeBufferPointer<UInt8>, from index: Int, _ body: (CSVRecord) -> Void
  ) -> Int {
    if index == buffer.count { return index }
    if let end = unsafe endOfPlainText(buffer, from: index) {
      unsafe keep(UnsafeBufferPointer(rebasing: buffer[index..<end]))
      return end
    }
    let byte = unsafe buffer[index]
    if markBytes == nil || !takesMark(byte, body) { take(byte, body) }
    return index + 1
  }

  /// Where text ends that needs no thought: outside quotes, up to what ends a field or is odd.
  ///
  /// Nothing if there is none here.
  @inline(__always)
  private func endOfPlainText(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard state == .unquoted || state == .fieldStart, !previousWasCR, markBytes == nil else {
      return nil
    }
    var index = start
    while index < buffer.count {
      let byte = unsafe buffer[index]
      if byte == delimiter || byte <= UInt8(ascii: "\""), isSpecial(byte) { break }
      index += 1
    }
    return index > start ? index : nil
  }

  @inline(__always)
  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r") || byte == 0
  }

  /// Keeps text that needs no thought.
  private mutating func keep(_ text: UnsafeBufferPointer<UInt8>) {
    state = .unquoted
    hasOpenRecord = true
    var bits: UInt8 = 0
    for index in text.indices { bits |= unsafe text[index] }
    if bits < 0x80 {
      column += text.count
    } else {
      hasHighBytes = true
      for index in text.indices where unsafe text[index] & 0xC0 != 0x80 { column += 1 }
    }
    unsafe bytes.append(contentsOf: text)
    if bytes.count > Self.longestRecordBytes {
      stop(.recordTooLong(limitBytes: Self.longestRecordBytes))
    }
  }

  /// Hands over the last record, if its line was not ended.
  public mutating func finish(_ body: (CSVRecord) -> Void) {
    releaseMark(body)
    if hasStopped { return }
    if state == .quoted { report(.unclosedQuote, quotePlace.line, quotePlace.column) }
    if hasOpenRecord { endRecord(body) }
  }

  /// Whether the byte belongs to a byte-order mark at the very start.
  private mutating func takesMark(_ byte: UInt8, _ body: (CSVRecord) -> Void) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let seen = markBytes, byte == mark[seen] else {
      releaseMark(body)
      return false
    }
    markBytes = seen == 2 ? nil : seen + 1
    return true
  }

  /// Reads the beginning of what turned out to be no mark.
  private mutating func releaseMark(_ body: (CSVRecord) -> Void) {
    let seen = markBytes ?? 0
    markBytes = nil
    for byte in [0xEF as UInt8, 0xBB].prefix(seen) { take(byte, body) }
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
    if previousWasCR {
      previousWasCR = false
      if byte == UInt8(ascii: "\n") {
        if state == .quoted { bytes.append(byte) }
        return
      }
    }
    if byte & 0xC0 != 0x80 { column += 1 }
    switch state {
    case .unquoted: takeUnquoted(byte, body)
    case .quoted: takeQuoted(byte)
    case .fieldStart: takeFirst(byte, body)
    case .quoteInQuoted: takeAfterQuote(byte, body)
    }
  }

  private mutating func takeFirst(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
    if byte == UInt8(ascii: "\"") {
      state = .quoted
      hasOpenRecord = true
      quotePlace = (line, column)
    } else {
      state = .unquoted
      takeUnquoted(byte, body)
    }
  }

  @inline(__always)
  private mutating func takeUnquoted(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
    if byte == delimiter {
      endField()
    } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      endLine(byte)
      endRecord(body)
    } else {
      if byte == UInt8(ascii: "\"") { report(.quoteInsideField, line, column) }
      keep(byte)
    }
  }

  private mutating func takeQuoted(_ byte: UInt8) {
    if byte == UInt8(ascii: "\"") {
      state = .quoteInQuoted
      return
    }
    keep(byte)
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { endLine(byte) }
  }

  private mutating func takeAfterQuote(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
    if byte == UInt8(ascii: "\"") {
      state = .quoted
      keep(byte)
      return
    }
    let endsField =
      byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    if !endsField { report(.textAfterQuote, line, column) }
    state = .unquoted
    takeUnquoted(byte, body)
  }

  @inline(__always)
  private mutating func keep(_ byte: UInt8) {
    hasOpenRecord = true
    if byte >= 0x80 { hasHighBytes = true }
    if byte == 0 { hasNul = true }
    bytes.append(byte)
    if bytes.count > Self.longestRecordBytes {
      stop(.recordTooLong(limitBytes: Self.longestRecordBytes))
    }
  }

  private mutating func endField() {
    hasOpenRecord = true
    ends.append(bytes.count)
    state = .fieldStart
    if ends.count >= Self.mostFields { stop(.tooManyFields(limit: Self.mostFields)) }
  }

  private mutating func endLine(_ byte: UInt8) {
    previousWasCR = byte == UInt8(ascii: "\r")
    line += 1
    column = 0
  }

  private mutating func endRecord(_ body: (CSVRecord) -> Void) {
    ends.append(bytes.count)
    let record = CSVRecord(line: recordLine, bytes: bytes, ends: ends)
    if hasHighBytes || hasNul { checkText(record) }
    body(record)
    startRecord()
  }

  private mutating func startRecord() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    state = .fieldStart
    recordLine = line
    hasHighBytes = false
    hasNul = false
    hasOpenRecord = false
  }

  private mutating func checkText(_ record: CSVRecord) {
    if hasNul { report(.nulCharacter, record.line, nil) }
    let isText = (0..<record.fieldCount).allSatisfy {
      String(validating: record.field($0), as: UTF8.self) != nil
    }
    if !isText { report(.invalidUTF8, record.line, nil) }
  }

  private mutating func stop(_ kind: CSVProblem.Kind) {
    report(kind, recordLine, nil)
    hasStopped = true
  }

  private mutating func report(_ kind: CSVProblem.Kind, _ line: Int, _ column: Int?) {
    problemCount += 1
    if problems.count < Self.keptProblems {
      problems.append(CSVProblem(kind: kind, line: line, column: column))
    }
  }

  /// The delimiter a file uses: the comma, or, if its first line has none, the semicolon of
  /// spreadsheets that write decimal commas, or the tab.
  public static func delimiter(ofFirstLine bytes: some Sequence<UInt8>) -> UInt8 {
    var seen: Set<UInt8> = []
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      seen.insert(byte)
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return candidates.first(where: seen.contains) ?? UInt8(ascii: ",")
  }
}
