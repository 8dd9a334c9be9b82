/// What was staged, sorted and ready to be written, hashed, and read by two threads at once.
struct StagedContent: Sendable {
  struct Table: Sendable {
    let table: TrialTable
    let columns: [[Int64]]
    /// Row numbers in the order of the key.
    let rows: [Int]
  }

  let texts: TextContent
  /// Of each text its place in the order of bytes.
  let ranks: [Int64]
  /// Every table, those without rows too.
  let tables: [Table]

  init(_ stage: Stage) {
    let ranks = stage.names.ranks()
    self.ranks = ranks
    texts = stage.names.content
    tables = TrialTable.allCases.map { table in
      guard stage.rowCount(table) > 0 else { return Table(table: table, columns: [], rows: []) }
      let staged = stage.table(table)
      return Table(
        table: table, columns: staged.columns, rows: staged.sortedRows(ranks: ranks))
    }
  }

  func hash() -> String {
    let written = unsafe texts.mapped(ContentHash.append)
    return unsafe written.withTexts { text in
      var hash = ContentHash()
      for table in tables {
        hash.begin(table.table)
        unsafe Self.add(table, text, to: &hash)
      }
      return hash.finish()
    }
  }

  private static func add(
    _ table: Table, _ written: TextContent.Reach, to hash: inout ContentHash
  ) {
    if table.rows.isEmpty { return }
    let storages = table.table.columns.map(\.kind.storage)
    unsafe CellReach.with(table.columns) { cell in
      for row in table.rows {
        hash.beginRow()
        for index in storages.indices {
          unsafe hash.add(cell(row, index), storages[index], written)
        }
        hash.endRow()
      }
    }
  }
}
