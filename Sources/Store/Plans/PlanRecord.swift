package import GRDB

/// A registered plan, which never changes.
package struct PlanRecord: Sendable, Hashable {
  package var request: PlanRequest
  package var registeredAt: Timestamp
  package var registeredBy: String
  /// The row of the audit trail that says so.
  package var sequence: Int64
}

extension PlanRecord: FetchableRecord {
  /// In the order ``init(row:)`` reads.
  static let columns = """
    name, sha256, text, title, analysis, parameters, seed, dataset, plugin_id, plugin_version, \
    plugin_hash, registered_at, registered_by, sequence
    """

  package init(row: Row) throws {
    guard let registeredAt = Timestamp(row[11]) else {
      throw StoreError.unreadable(reason: "plan \(row[0] as String) has an impossible date")
    }
    self.init(
      request: PlanRequest(
        name: row[0], sha256: row[1], text: row[2], title: row[3], analysis: row[4],
        parameters: row[5], seed: row[6], dataset: row[7], pluginID: row[8],
        pluginVersion: row[9], pluginHash: row[10]),
      registeredAt: registeredAt, registeredBy: row[12], sequence: row[13])
  }
}
