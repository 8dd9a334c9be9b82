/// One thread's way through a part of a CSV file.
struct CSVLane {
  private(set) var reader: CSVReader
  private(set) var builder: SourceTableBuilder

  init(reader: CSVReader, builder: SourceTableBuilder) {
    self.reader = reader
    self.builder = builder
  }

  /// Whether the rest may be read by another lane: what its columns are is known.
  var knowsHeader: Bool { !builder.header.isEmpty }

  mutating func read(_ chunk: ArraySlice<UInt8>) {
    unsafe chunk.withUnsafeBufferPointer { chunk in
      unsafe reader.read(chunk, plain: { unsafe builder.take($0) }, { builder.add($0) })
    }
  }

  mutating func finish() { reader.finish { builder.add($0) } }

  /// A lane that reads what comes behind the end of a line, as if that ended a record.
  func beside() -> CSVLane {
    CSVLane(reader: reader.beside(), builder: builder.beside())
  }

  /// Takes over what a lane beside has read, or reads that itself if it began within a record.
  mutating func join(_ other: CSVLane, rest: ArraySlice<UInt8>) {
    guard reader.isBetweenRecords else { return read(rest) }
    builder.append(other.builder, linesBefore: reader.lineNumber - 1)
    reader.goOn(where: other.reader)
  }
}

extension SourceTableBuilder {
  @inline(__always)
  fileprivate mutating func take(_ record: PlainRecord) {
    if unsafe record.isBlank { return }
    if header.isEmpty { return unsafe add(record.copied()) }
    if unsafe accepts(fieldCount: record.fieldCount, line: record.line) { unsafe add(record) }
  }

  fileprivate mutating func add(_ record: CSVRecord) {
    if record.isBlank { return }
    if header.isEmpty {
      begin(
        header: (0..<record.fieldCount).map { SourceTable.trimmed(record.text($0)) },
        line: record.line)
    } else if accepts(fieldCount: record.fieldCount, line: record.line) {
      for index in kept { add(record.field(index), to: index) }
      endRow(record.line)
    }
  }
}
