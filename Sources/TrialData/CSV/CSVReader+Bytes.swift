/// Reading byte by byte, what ends a field or a line, stands in quotes, or is odd.
extension CSVReader {
  /// Whether the byte belongs to a byte-order mark at the very start.
  mutating func takesMark(_ byte: UInt8, _ body: (CSVRecord) -> Void) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let seen = markBytes, byte == mark[seen] else {
      releaseMark(body)
      return false
    }
    markBytes = seen == 2 ? nil : seen + 1
    return true
  }

  /// Reads the beginning of what turned out to be no mark.
  mutating func releaseMark(_ body: (CSVRecord) -> Void) {
    let seen = markBytes ?? 0
    markBytes = nil
    for byte in [0xEF as UInt8, 0xBB].prefix(seen) { take(byte, body) }
  }

  @inline(__always)
  mutating func take(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
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

  mutating func takeFirst(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
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
  mutating func takeUnquoted(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
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

  mutating func takeQuoted(_ byte: UInt8) {
    if byte == UInt8(ascii: "\"") {
      state = .quoteInQuoted
      return
    }
    keep(byte)
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { endLine(byte) }
  }

  mutating func takeAfterQuote(_ byte: UInt8, _ body: (CSVRecord) -> Void) {
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
  mutating func keep(_ byte: UInt8) {
    hasOpenRecord = true
    if byte >= 0x80 { hasHighBytes = true }
    if byte == 0 { hasNul = true }
    bytes.append(byte)
    if bytes.count > Self.longestRecordBytes {
      stop(.recordTooLong(limitBytes: Self.longestRecordBytes))
    }
  }

  mutating func endField() {
    hasOpenRecord = true
    ends.append(bytes.count)
    state = .fieldStart
    if ends.count >= Self.mostFields { stop(.tooManyFields(limit: Self.mostFields)) }
  }

  mutating func endLine(_ byte: UInt8) {
    previousWasCR = byte == UInt8(ascii: "\r")
    line += 1
    column = 0
  }

  mutating func endRecord(_ body: (CSVRecord) -> Void) {
    ends.append(bytes.count)
    let record = CSVRecord(line: recordLine, bytes: bytes, ends: ends)
    if hasHighBytes || hasNul { checkText(record) }
    body(record)
    startRecord()
  }

  mutating func startRecord() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    state = .fieldStart
    recordLine = line
    hasHighBytes = false
    hasNul = false
    hasOpenRecord = false
  }

  mutating func checkText(_ record: CSVRecord) {
    if hasNul { report(.nulCharacter, record.line, nil) }
    let isText = (0..<record.fieldCount).allSatisfy {
      String(validating: record.field($0), as: UTF8.self) != nil
    }
    if !isText { report(.invalidUTF8, record.line, nil) }
  }

  mutating func stop(_ kind: CSVProblem.Kind) {
    report(kind, recordLine, nil)
    hasStopped = true
  }

  mutating func report(_ kind: CSVProblem.Kind, _ line: Int, _ column: Int?) {
    problemCount += 1
    if problems.count < Self.keptProblems {
      problems.append(CSVProblem(kind: kind, line: line, column: column))
    }
  }
}
