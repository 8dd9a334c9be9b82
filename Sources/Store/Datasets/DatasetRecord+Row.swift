package import GRDB

extension DatasetRecord: FetchableRecord {
  /// In the order ``init(row:)`` reads.
  static let columns =
    "name, hash, file, imported_at, imported_by, subjects, tables, sources, notes"

  package init(row: Row) throws {
    guard let importedAt = Timestamp(row[3]) else {
      throw StoreError.unreadable(reason: "data set \(row[0] as String) has an impossible date")
    }
    self.init(
      name: row[0], hash: row[1], file: row[2], importedAt: importedAt, importedBy: row[4],
      subjects: row[5], tables: row[6], sources: row[7], notes: row[8])
  }
}
