internal import GRDB
internal import GRDBSQLite

/// Puts the rows of one table into the file.
///
/// Hundreds of thousands of rows are worth binding by hand: a text is not copied, and a value that
/// is that of the row before is not bound again.
@safe struct RowInsertion {
  private let handle: SQLiteStatement
  private let statement: Statement
  private let table: StagedContent.Table
  private let storages: [ColumnKind.Storage]

  init(_ table: StagedContent.Table, into database: Database) throws {
    statement = try database.makeStatement(sql: DatasetFormat.insertion(into: table.table))
    unsafe handle = statement.sqliteStatement
    self.table = table
    storages = table.table.columns.map(\.kind.storage)
  }

  func run(_ texts: TextContent, _ database: Database) throws {
    var bound = [Int64?](repeating: nil, count: table.columns.count)
    try unsafe texts.withTexts { text in
      for row in table.rows {
        for index in table.columns.indices where bound[index] != table.columns[index][row] {
          let cell = table.columns[index][row]
          bound[index] = cell
          try check(unsafe bind(cell, index, text), SQLITE_OK, database)
        }
        let code = unsafe sqlite3_step(handle)
        unsafe sqlite3_reset(handle)
        try check(code, SQLITE_DONE, database)
      }
    }
  }

  private func bind(
    _ cell: Int64, _ index: Int, _ text: TextContent.Reach
  ) -> CInt {
    let place = CInt(index + 1)
    if cell == Cell.missing { return unsafe sqlite3_bind_null(handle, place) }
    switch storages[index] {
    case .integer: return unsafe sqlite3_bind_int64(handle, place, cell)
    case .real: return unsafe sqlite3_bind_double(handle, place, Cell.number(cell))
    case .text:
      return unsafe text(cell).withMemoryRebound(to: CChar.self) {
        unsafe sqlite3_bind_text(handle, place, $0.baseAddress, CInt($0.count), nil)
      }
    }
  }

  private func check(_ code: CInt, _ expected: CInt, _ database: Database) throws {
    if code == expected { return }
    throw DatabaseError(
      resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
  }
}
