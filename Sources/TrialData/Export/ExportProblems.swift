/// What a format cannot carry.
struct ExportProblems {
  static let kept = 100

  private(set) var sentences: [String] = []
  private(set) var count = 0

  mutating func add(_ sentence: String) {
    count += 1
    if sentences.count < Self.kept { sentences.append(sentence) }
  }

  /// Texts that would be read back as others, whatever the format.
  mutating func check(_ table: ExportTable) {
    for (index, row) in table.rows.enumerated() {
      for (cell, column) in zip(row, table.columns) {
        guard case .text(let text) = cell else { continue }
        if text.utf8.contains(0) {
          add("\(Self.place(table, index, column)) holds a NUL character")
        } else if SourceTable.present(text) != text {
          add(
            "\(Self.place(table, index, column)) is \"\(text)\", which reads back as "
              + (SourceTable.present(text).map { "\"\($0)\"" } ?? "missing"))
        }
      }
    }
  }

  static func place(_ table: ExportTable, _ row: Int, _ column: ExportColumn) -> String {
    "\(table.name).\(column.name) of row \(row + 1)"
  }
}
