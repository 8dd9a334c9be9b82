internal import GRDB

/// A data set on its way into an SQLite file.
struct DatasetFile: Sendable {
  let path: String
  let content: StagedContent
  let about: [(key: String, value: String)]

  /// Rows come in the order of their key, and the index after them: both cost least so.
  func write() throws {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // A draft that is lost is written again: no journal, and one sync at the end.
      try database.execute(
        sql: """
          PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
          PRAGMA cache_size = -65536
          """)
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { database in
      for statement in DatasetFormat.statements { try database.execute(sql: statement) }
      for (key, value) in about {
        try database.execute(sql: "INSERT INTO about VALUES (?, ?)", arguments: [key, value])
      }
      for table in content.tables {
        try RowInsertion(table, into: database).run(content.texts, database)
        try database.execute(sql: DatasetFormat.index(of: table.table))
      }
    }
    try queue.close()
  }
}
