internal import GRDB

/// A data set on its way into an SQLite file.
struct DatasetFile: Sendable {
  let path: String
  let content: StagedContent
  let about: [(key: String, value: String)]

  /// Has SQLite make an empty file, and fills it with pages of sorted rows.
  ///
  /// Where a text is so long that a row would not fit on a page, rows are inserted.
  func write() throws {
    let roots = try create()
    guard let roots else { return }
    var file = try PageFile(path: path)
    for (table, root) in zip(content.tables, roots) where !table.rows.isEmpty {
      try BulkRows(table, texts: content.texts).write(at: root, to: &file)
    }
    try file.finish()
  }

  private static let pageBytes = 4096

  /// Makes the file.
  ///
  /// - Returns: Where each table's rows belong, or nothing if they are in it already.
  private func create() throws -> [BulkRows.Roots]? {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // A draft that is lost is written again: no journal, and one sync at the end.
      try database.execute(
        sql: """
          PRAGMA page_size = \(Self.pageBytes); PRAGMA journal_mode = OFF;
          PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE
          """)
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let areShort = content.tables.allSatisfy {
      BulkRows($0, texts: content.texts).fit(pageBytes: Self.pageBytes)
    }
    let roots = try queue.write { database in
      for statement in DatasetFormat.statements { try database.execute(sql: statement) }
      for (key, value) in about {
        try database.execute(sql: "INSERT INTO about VALUES (?, ?)", arguments: [key, value])
      }
      if !areShort {
        for table in content.tables {
          try RowInsertion(table, into: database).run(content.texts, database)
        }
      }
      return areShort ? try content.tables.map { try Self.roots(of: $0.table, database) } : nil
    }
    try queue.close()
    return roots
  }

  private static func roots(
    of table: TrialTable, _ database: Database
  ) throws -> BulkRows.Roots {
    let names = [table.rawValue, DatasetFormat.indexName(of: table)]
    let pages = try names.map { name in
      try UInt32.fetchOne(
        database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [name])
    }
    guard let first = pages[0], let second = pages[1] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return BulkRows.Roots(table: first, index: second)
  }
}
