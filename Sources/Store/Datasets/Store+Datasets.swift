import GRDB

extension Store {
  /// Adds a name to the catalog; content that is already there under another name is welcome.
  package func add(_ dataset: DatasetRecord, by caller: Caller) async throws(StoreError) {
    try Self.refuseNUL([
      ("data set's name", dataset.name), ("data set's hash", dataset.hash),
      ("data set's file name", dataset.file), ("user's name", dataset.importedBy),
      ("list of tables", dataset.tables), ("list of sources", dataset.sources),
      ("notes", dataset.notes), ("user's name", caller.user),
    ])
    let time = now()
    try await writer.write(.addDataset(dataset.name)) { database in
      try DatasetTable.add(dataset, by: caller, at: time, in: database)
    }
  }

  /// Takes a name out of the catalog.
  ///
  /// - Throws: ``StoreError/datasetInUse(name:runs:)`` while a run cites the content and no other
  ///   name stands for it.
  @discardableResult
  package func drop(
    dataset name: String, by caller: Caller
  ) async throws(StoreError) -> DroppedDataset {
    try Self.refuseNUL([("data set's name", name), ("user's name", caller.user)])
    let time = now()
    return try await writer.write(.dropDataset(name)) { database in
      try DatasetTable.drop(name, by: caller, at: time, in: database)
    }
  }

  package func dataset(named name: String) throws(StoreError) -> DatasetRecord? {
    try read { try DatasetTable.named(name, in: $0) }
  }

  /// All names, in order.
  package func datasets() throws(StoreError) -> [DatasetRecord] {
    try read { database in
      try DatasetRecord.fetchAll(
        database.cachedStatement(
          sql: "SELECT \(DatasetRecord.columns) FROM dataset ORDER BY name"))
    }
  }

  /// The first name that stands for a content.
  package func dataset(hash: String) throws(StoreError) -> DatasetRecord? {
    try read { database in
      try DatasetRecord.fetchOne(
        database.cachedStatement(
          sql: "SELECT \(DatasetRecord.columns) FROM dataset WHERE hash = ? ORDER BY name"),
        arguments: [hash])
    }
  }
}
