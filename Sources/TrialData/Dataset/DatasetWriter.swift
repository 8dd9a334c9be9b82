internal import FoundationEssentials
internal import GRDB
internal import Glibc

/// Writes what was staged as one immutable SQLite file.
struct DatasetWriter {
  struct Written {
    let hash: String
    let path: String
    let wasPresent: Bool
  }

  private let stage: Stage
  private let about: [(key: String, value: String)]

  init(_ stage: Stage, about: [(key: String, value: String)]) {
    self.stage = stage
    self.about = about
  }

  /// Writes beside, syncs, and renames, so that the name never stands for half a file.
  func write(into folder: String) throws(ImportFailure) -> Written {
    let draft = DraftFile(in: folder)
    DraftFile.removeAbandoned(in: folder)
    do {
      let hash = try fill(draft.path)
      let path = "\(folder)/\(hash).sqlite"
      if FileManager.default.fileExists(atPath: path) {
        draft.remove()
        return Written(hash: hash, path: path, wasPresent: true)
      }
      try draft.publish(as: path)
      return Written(hash: hash, path: path, wasPresent: false)
    } catch {
      draft.remove()
      throw .cannotWrite(folder: folder, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as DatabaseError: error.message ?? error.resultCode.description
    case let error as DraftFile.Failure: error.reason
    default: "\(error)"
    }
  }

  /// - Returns: The hash of the content.
  private func fill(_ path: String) throws -> String {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // A draft that is lost is written again: no journal, and one sync at the end.
      try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let hash = try queue.write { database in
      for statement in DatasetFormat.statements { try database.execute(sql: statement) }
      for (key, value) in about {
        try database.execute(sql: "INSERT INTO about VALUES (?, ?)", arguments: [key, value])
      }
      return try fill(database)
    }
    try queue.close()
    return hash
  }

  private func fill(_ database: Database) throws -> String {
    let ranks = stage.names.ranks()
    var hash = ContentHash()
    for table in TrialTable.allCases {
      hash.begin(table)
      guard stage.rowCount(table) > 0 else { continue }
      let staged = stage.table(table)
      let insertion = try database.makeStatement(sql: DatasetFormat.insertion(into: table))
      let storages = table.columns.map(\.kind.storage)
      for row in staged.sortedRows(ranks: ranks) {
        hash.beginRow()
        let values = storages.indices.map { value(staged.cell(row, $0), storages[$0], &hash) }
        hash.endRow()
        try insertion.execute(arguments: StatementArguments(values))
      }
    }
    return hash.finish()
  }

  private func value(
    _ cell: Int64, _ storage: ColumnKind.Storage, _ hash: inout ContentHash
  ) -> DatabaseValue {
    if cell == Cell.missing {
      hash.addMissing()
      return .null
    }
    switch storage {
    case .text:
      let text = stage.names.texts[Int(cell)]
      hash.add(text: text)
      return text.databaseValue
    case .integer:
      hash.add(cell)
      return cell.databaseValue
    case .real:
      hash.add(Cell.number(cell))
      return Cell.number(cell).databaseValue
    }
  }
}
