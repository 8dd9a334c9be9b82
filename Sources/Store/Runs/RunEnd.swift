/// How and when a run ended, with all that the store keeps of it.
struct RunEnd: Sendable {
  let outcome: RunOutcome
  let endedAt: Timestamp
  let seconds: Double?
  /// What the audit trail says of it.
  ///
  /// Made here, before the run's turn to be written comes: it takes time on a large result.
  let detail: String

  init(_ outcome: RunOutcome, at endedAt: Timestamp, seconds: Double?) {
    self.outcome = outcome
    self.endedAt = endedAt
    // SQLite keeps NaN as NULL and -0 as 0; the fingerprint is of what is kept.
    let kept = seconds.flatMap { $0.isFinite ? max($0, 0) + 0 : nil }
    self.seconds = kept
    self.detail = Self.detail(
      outcome.state, endedAt: endedAt, seconds: kept, error: outcome.error, result: outcome.result)
  }

  static func detail(
    _ state: RunState, endedAt: Timestamp?, seconds: Double?, error: String?, result: String?
  ) -> String {
    var fingerprint = Fingerprint(of: "outcome")
    fingerprint.add(state.rawValue)
    fingerprint.add(endedAt?.description)
    fingerprint.add(seconds.map { String($0.bitPattern) })
    fingerprint.add(error)
    fingerprint.add(result)
    return "\(state.rawValue) \(fingerprint.hex())"
  }
}
