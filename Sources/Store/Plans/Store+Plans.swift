import GRDB

extension Store {
  /// Keeps a plan for good and puts its SHA-256 into the audit trail.
  ///
  /// The very same file under the very same name is there already, and its record is returned as
  /// it is.
  ///
  /// - Throws: ``StoreError/planNameTaken(_:)`` when the name stands for another file.
  @discardableResult
  package func register(
    _ plan: PlanRequest, by caller: Caller
  ) async throws(StoreError) -> PlanRecord {
    try Self.refuseNUL([
      ("plan's name", plan.name), ("plan", plan.text), ("plan's title", plan.title),
      ("plan's analysis", plan.analysis), ("parameters", plan.parameters), ("seed", plan.seed),
      ("data set's name", plan.dataset), ("plugin's name", plan.pluginID),
      ("plugin's version", plan.pluginVersion), ("plugin's hash", plan.pluginHash),
      ("user's name", caller.user),
    ])
    let time = now()
    return try await writer.write(.registerPlan(plan.name)) { database in
      try PlanTable.register(plan, by: caller, at: time, in: database)
    }
  }

  package func plan(named name: String) throws(StoreError) -> PlanRecord? {
    try read { try PlanTable.named(name, in: $0) }
  }

  /// All plans, in the order in which they were registered.
  package func plans() throws(StoreError) -> [PlanRecord] {
    try read { database in
      try PlanRecord.fetchAll(
        database.cachedStatement(sql: "SELECT \(PlanRecord.columns) FROM plan ORDER BY sequence"))
    }
  }

  /// When the content of a data set, or any file it was made from, was first imported here.
  ///
  /// A data set that is dropped and imported again does not become new by that.
  package func firstImport(of dataset: DatasetRecord) throws(StoreError) -> FirstImport? {
    try read { try PlanTable.firstImport(of: dataset, in: $0) }
  }

  /// The runs made under a plan, the latest first, without their results.
  package func runs(ofPlan name: String, limit: Int) throws(StoreError) -> [RunRecord] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT \(RunRecord.columnsWithoutResult) FROM run
          WHERE id IN (SELECT run FROM run_plan WHERE name = ?) ORDER BY id DESC LIMIT ?
          """)
      return try RunRecord.fetchAll(statement, arguments: [name, max(limit, 0)])
    }
  }
}
