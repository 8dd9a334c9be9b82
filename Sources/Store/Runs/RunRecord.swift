/// One run as kept.
package struct RunRecord: Sendable, Hashable {
  package var id: RunID
  package var request: RunRequest
  package var state: RunState
  package var createdAt: Timestamp
  /// Missing while the run waits, and for good if it never started.
  package var startedAt: Timestamp?
  package var endedAt: Timestamp?
  /// How long it took, in seconds, by the clock of whoever ran it.
  package var seconds: Double?
  package var error: String?
  /// The result as JSON text; a list of runs leaves it out.
  package var result: String?
}

extension RunRecord {
  /// What the audit trail says of a run that is opened.
  func openingDetail(isQueued: Bool) -> String {
    var fingerprint = Fingerprint(of: "run")
    fingerprint.add(id.number)
    fingerprint.add(createdAt.description)
    fingerprint.add(request.caller.uid)
    fingerprint.add(request.caller.user)
    fingerprint.add(request.command)
    fingerprint.add(request.analysis)
    fingerprint.add(request.parameters)
    fingerprint.add(request.seed)
    fingerprint.add(request.pluginID)
    fingerprint.add(request.pluginVersion)
    fingerprint.add(request.pluginHash)
    fingerprint.add(request.datasetHash)
    request.plan?.add(to: &fingerprint)
    request.secondDataset?.add(to: &fingerprint)
    return "\((isQueued ? RunState.queued : .running).rawValue) \(fingerprint.hex())"
  }

  /// What the audit trail says of a run that is closed.
  var closingDetail: String {
    RunEnd.detail(state, endedAt: endedAt, seconds: seconds, error: error, result: result)
  }
}
