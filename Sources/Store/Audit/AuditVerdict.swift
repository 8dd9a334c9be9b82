/// What checking the audit trail found.
package struct AuditVerdict: Sendable, Hashable {
  /// The first thing that does not fit.
  package enum Problem: Sendable, Hashable {
    /// A field of the row was changed, or the row does not belong.
    case altered(sequence: Int64)
    /// The row is not there.
    case missing(sequence: Int64)
    /// Rows after the last one kept were removed.
    case shortened(lastKept: Int64, head: Int64)
    /// Rows were put after the one the head names, or the head was changed.
    case headDiffers(sequence: Int64)
    /// A head noted earlier is no longer part of the trail.
    case notedHeadDiffers(AuditHead)
    /// A run is not what the trail says was opened or closed.
    case runDiffers(RunID, sequence: Int64)
    case runMissing(RunID, sequence: Int64)
    /// A run the trail knows nothing of.
    case runUnrecorded(RunID)
    case datasetDiffers(name: String)
    /// A plan is not what the trail says was registered, or is missing.
    case planDiffers(name: String)
    /// What is kept of a first import does not fit the trail.
    case firstImportDiffers(sha256: String)
  }

  /// Rows checked and found right.
  package var rows: Int64
  /// The end of the trail, to be noted elsewhere.
  package var head: AuditHead
  package var problem: Problem?

  package var isIntact: Bool { problem == nil }
}

extension AuditVerdict: CustomStringConvertible {
  package var description: String {
    guard let problem else {
      return rows == 0
        ? "the audit trail is empty"
        : "the audit trail is intact: \(rows) rows, the last with hash \(head.hash)"
    }
    return "the audit trail does not hold: \(problem)"
  }
}

extension AuditVerdict.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .altered(let sequence):
      "row \(sequence) was altered"
    case .missing(let sequence):
      "row \(sequence) is missing"
    case .shortened(let lastKept, let head):
      "the rows after \(lastKept) are missing; there were \(head)"
    case .headDiffers(let sequence):
      "row \(sequence) is not the end that was kept"
    case .notedHeadDiffers(let head):
      "row \(head.sequence) no longer has the hash \(head.hash)"
    case .runDiffers(let id, let sequence):
      "run \(id) is not what row \(sequence) recorded"
    case .runMissing(let id, let sequence):
      "run \(id) of row \(sequence) is missing"
    case .runUnrecorded(let id):
      "run \(id) was never recorded in it"
    case .datasetDiffers(let name):
      "data set \(name) is not what it recorded"
    case .planDiffers(let name):
      "plan \(name) is not what it recorded"
    case .firstImportDiffers(let sha256):
      "when \(sha256.prefix(12))… was first imported is not what it recorded"
    }
  }
}
