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
  private var scanner: PlainScanner?

  public init(delimiter: UInt8 = UInt8(ascii: ",")) {
    self.delimiter = delimiter
    scanner = PlainScanner(delimiter: delimiter)
  }

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
    guard var scanner = scanner.take() else { return start }
    defer { self.scanner = scanner }
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
