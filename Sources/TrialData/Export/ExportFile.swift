internal import JSON

/// The bytes of tables in one format.
enum ExportFile {
  /// RFC 4180 with LF; a missing value is an empty field.
  static func csv(_ table: ExportTable) -> [UInt8] {
    var bytes: [UInt8] = []
    func end() { bytes[bytes.count - 1] = UInt8(ascii: "\n") }
    for column in table.columns { add(column.name, to: &bytes) }
    end()
    for row in table.rows {
      for cell in row {
        switch cell {
        case .missing: bytes.append(UInt8(ascii: ","))
        case .whole(let number): add(String(number), to: &bytes)
        case .number(let number): add(NumberText.shortest(number), to: &bytes)
        case .text(let text): add(text, to: &bytes)
        }
      }
      end()
    }
    return bytes
  }

  /// A field with the comma behind it.
  private static func add(_ text: String, to bytes: inout [UInt8]) {
    let special: Set<UInt8> = [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D]
    if text.utf8.contains(where: special.contains) {
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: text.utf8)
    }
    bytes.append(UInt8(ascii: ","))
  }

  static func datasetJSON(_ table: ExportTable) -> [UInt8] {
    let columns = table.columns.enumerated().map { index, column in
      DatasetJSONColumn(
        itemOID: "IT.\(table.name).\(column.name)", name: column.name, label: column.label,
        dataType: type(column.kind), targetDataType: column.kind == .date ? .integer : nil,
        lengthBytes: column.kind == .text ? longest(table, index) : nil,
        keySequence: column.keySequence)
    }
    var writer = DatasetJSONWriter(
      DatasetJSONHeader(
        itemGroupOID: "IG.\(table.name)", name: table.name, label: table.label,
        records: table.rows.count, columns: columns))
    for row in table.rows { writer.add(row.map(value)) }
    writer.finish()
    return writer.takeBytes()
  }

  private static func type(_ kind: ExportColumn.Kind) -> DatasetJSONColumn.DataType {
    switch kind {
    case .text: .string
    case .whole: .integer
    case .number: .double
    case .date: .date
    }
  }

  private static func value(_ cell: ExportCell) -> JSONValue {
    switch cell {
    case .missing: .null
    case .whole(let number): .integer(number)
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    }
  }

  /// The bytes of a column's longest text, at least one.
  private static func longest(_ table: ExportTable, _ column: Int) -> Int {
    table.rows.reduce(1) { longest, row in
      if case .text(let text) = row[column] { max(longest, text.utf8.count) } else { longest }
    }
  }

  /// All tables in one file.
  ///
  /// - Throws: ``XPTRefusal`` for what no value is to blame for; values are among the problems.
  static func xpt(
    _ tables: [ExportTable], _ problems: inout ExportProblems
  ) throws(XPTRefusal) -> [UInt8] {
    var writer = XPTWriter()
    for table in tables {
      try writer.begin(member(table))
      for (index, row) in table.rows.enumerated() {
        let values = zip(row, table.columns).map { value($0, $1) }
        do throws(XPTRefusal) {
          try writer.add(values)
        } catch {
          problems.add("\(table.name), row \(index + 1): \(error)")
        }
      }
    }
    if problems.count > 0 { return [] }
    try writer.finish()
    return writer.takeBytes()
  }

  /// Short names, the full ones as labels where they had to be shortened.
  private static func member(_ table: ExportTable) -> XPTMember {
    let ours = TrialTable(rawValue: table.name)
    let variables = table.columns.enumerated().map { index, column in
      let name = ours == nil ? column.name : XPTNames.name(ofColumn: column.name)
      let isText = column.kind == .text
      let bytes = min(longest(table, index), XPTVersion.five.longestText)
      return XPTVariable(
        name, label: column.label, isText ? .text : .number, lengthBytes: isText ? bytes : 8,
        format: column.kind == .date ? "DATE" : "", formatWidth: column.kind == .date ? 9 : 0)
    }
    return XPTMember(
      ours.map(XPTNames.name) ?? table.name, label: table.label, variables: variables)
  }

  private static func value(_ cell: ExportCell, _ column: ExportColumn) -> XPTValue {
    switch cell {
    case .missing: column.kind == .text ? .text([]) : .missing
    case .whole(let number): .number(Double(number))
    case .number(let number): .number(number)
    case .text(let text):
      if column.kind == .date, let date = CalendarDate(text) {
        .number(XPTTime.days(date))
      } else {
        .text(text)
      }
    }
  }
}
