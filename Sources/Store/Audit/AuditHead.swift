/// The end of the audit trail: worth writing down elsewhere, on paper or in a report.
///
/// Whoever can write to the database can make a new chain that fits together; a head noted before
/// is what gives that away.
package struct AuditHead: Sendable, Hashable {
  package var sequence: Int64
  package var hash: String

  package init(sequence: Int64, hash: String) {
    self.sequence = sequence
    self.hash = hash
  }
}
