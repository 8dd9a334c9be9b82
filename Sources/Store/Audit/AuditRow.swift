package import GRDB

/// One row of the audit trail, chained to the row before it.
package struct AuditRow: Sendable, Hashable {
  /// Counted from 1, without gaps.
  package var sequence: Int64
  /// As kept, so that an altered one can still be shown.
  package var at: String
  package var uid: Int64
  package var user: String
  /// An ``AuditAction``'s raw value, or what a newer version wrote.
  package var action: String
  /// A run's number, a data set's name, a file or a setting.
  package var subject: String
  package var detail: String
  /// The hash of the row before; 64 zeros in the first.
  package var previous: String
  package var hash: String
}

extension AuditRow {
  /// The hash that belongs to the row's fields.
  ///
  /// SHA-256 over the word `audit` and the fields from `previous` to `detail` in the order below,
  /// each as its length in bytes (64 bits, big-endian) and its UTF-8 text; numbers in decimal.
  var fittingHash: String {
    var fingerprint = Fingerprint(of: "audit")
    fingerprint.add(previous)
    fingerprint.add(sequence)
    fingerprint.add(at)
    fingerprint.add(uid)
    for field in [user, action, subject, detail] { fingerprint.add(field) }
    return fingerprint.hex()
  }
}

extension AuditRow: FetchableRecord {
  static let columns = "sequence, at, uid, user, action, subject, detail, previous, hash"

  package init(row: Row) {
    self.init(
      sequence: row[0], at: row[1], uid: row[2], user: row[3], action: row[4], subject: row[5],
      detail: row[6], previous: row[7], hash: row[8])
  }
}
