package import GRDB

extension RunRecord: FetchableRecord {
  /// In the order ``init(row:)`` reads; the last is the result.
  static let columns = """
    id, uid, user, command, analysis, parameters, seed, plugin_id, plugin_version, plugin_hash, \
    dataset_hash, created_at, state, started_at, ended_at, seconds, error, \
    (SELECT statement FROM run_plan WHERE run = id), (SELECT name FROM run_plan WHERE run = id), \
    (SELECT parameter FROM run_second_dataset WHERE run = id), \
    (SELECT name FROM run_second_dataset WHERE run = id), \
    (SELECT dataset_hash FROM run_second_dataset WHERE run = id), result
    """

  static let columnsWithoutResult = columns.replacing(", result", with: ", NULL")

  package init(row: Row) throws {
    let request = RunRequest(
      caller: Caller(uid: UInt32(truncatingIfNeeded: row[1] as Int64), user: row[2]),
      command: row[3], analysis: row[4], parameters: row[5], seed: row[6], pluginID: row[7],
      pluginVersion: row[8], pluginHash: row[9], datasetHash: row[10],
      plan: (row[17] as String?).map { RunPlan(name: row[18], statement: $0) },
      secondDataset: (row[19] as String?).map {
        SecondDataset(parameter: $0, name: row[20], hash: row[21])
      })
    guard let state = RunState(rawValue: row[12]), let createdAt = Timestamp(row[11]) else {
      throw StoreError.unreadable(reason: "run \(row[0] as Int64) has an impossible state or date")
    }
    self.init(
      id: RunID(number: row[0]), request: request, state: state, createdAt: createdAt,
      startedAt: Timestamp(row[13] ?? ""), endedAt: Timestamp(row[14] ?? ""), seconds: row[15],
      error: row[16], result: row[22])
  }
}
