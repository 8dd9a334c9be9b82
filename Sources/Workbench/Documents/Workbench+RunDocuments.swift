import ClientProtocol
import JSON
import PluginProtocol
import Store

extension ResultDocument {
  static func cancelled(_ run: RunID) -> Self {
    Self(.cancel, title: "Run \(run) is being cancelled")
  }

  static func settings(_ defaults: SessionDefaults) -> Self {
    let values = defaults.values.sorted { $0.key < $1.key }
    var document = Self(
      .set, title: values.isEmpty ? "Nothing is set" : "Set for this session")
    document.add(
      "settings", "Settings", [.init("parameter", "Parameter"), .init("value", "Value")],
      values.map { [.string($0.key), .string($0.value)] })
    if let dataset = defaults.dataset {
      document.note("session.dataset", "the session's data set is \(dataset)")
    }
    return document
  }
}

extension Workbench {
  func latestRuns(limit: Int) throws(CommandFailure) -> ResultDocument {
    let records = try records(limit: limit)
    var names: [String: String] = [:]
    for dataset in try shelf.all().reversed() { names[dataset.hash] = dataset.name }
    var document = ResultDocument(.runs, title: "The latest runs")
    document.add(
      "runs", "Runs",
      [
        .init("run", "Run"), .init("state", "State"), .init("command", "Command"),
        .init("dataset", "Data set"), .init("user", "User"), .init("created", "Created"),
        .init("seconds", "Time", .duration),
      ],
      records.map { record in
        [
          .string(record.id.description), .string(record.state.rawValue),
          .string(record.request.command),
          .text(record.request.datasetHash.map { names[$0] ?? String($0.prefix(12)) }),
          .string(record.request.caller.user), .string(record.createdAt.description),
          record.seconds.map { JSONValue($0) } ?? .null,
        ]
      })
    if records.isEmpty { document.title = "There are no runs yet" }
    return document
  }

  /// What became of a run that was computed again.
  ///
  /// - Throws: ``CommandFailure`` of kind `rerun.differs`, with the first path that differs.
  func comparison(
    of earlier: RunRecord, with answer: [UInt8]
  ) throws(CommandFailure) -> ResultDocument {
    let before: JSONValue
    let after: JSONValue
    do {
      before = try JSONValue(parsing: earlier.result ?? "")
      after = try JSONValue(parsing: answer)
    } catch {
      throw CommandFailure(.internal, "a kept result cannot be read: \(error)")
    }
    let again = after["run"]?["id"]?.string ?? ""
    let version = after["plugin"]?["version"]?.string ?? ""
    if let path = ResultComparison.firstDifference(before, after) {
      throw CommandFailure(
        .differs, "run \(again) differs from run \(earlier.id), first in \(path)", run: again,
        problems: [
          "the plugin was \(earlier.request.pluginVersion) and is \(version)",
          "run \(earlier.id) is of \(earlier.createdAt)",
        ])
    }
    var document = ResultDocument(
      .rerun, title: "Run \(again) is identical to run \(earlier.id), bit for bit")
    document.run = .init(
      id: again, stored: false, durationSeconds: after["run"]?["durationSeconds"]?.number)
    if version != earlier.request.pluginVersion {
      document.note(
        "rerun.plugin",
        "the plugin \(earlier.request.pluginID) was \(earlier.request.pluginVersion) and is "
          + "\(version)")
    }
    return document
  }
}

extension Workbench {
  func auditTrail(limit: Int) throws(CommandFailure) -> ResultDocument {
    let rows: [AuditRow]
    do {
      rows = try store.auditRows(limit: limit)
    } catch {
      throw CommandFailure(error)
    }
    var document = ResultDocument(.audit, title: "The audit trail, latest first")
    document.add(
      "audit", "Audit trail",
      [
        .init("row", "Row", .count), .init("at", "At"), .init("user", "User"),
        .init("action", "Action"), .init("subject", "Subject"), .init("detail", "Detail"),
        .init("hash", "SHA-256"),
      ],
      rows.map {
        [
          .integer($0.sequence), .string($0.at), .string($0.user), .string($0.action),
          .string($0.subject), .string($0.detail), .string($0.hash),
        ]
      })
    return document
  }

  func auditVerdict() async throws(CommandFailure) -> ResultDocument {
    let verdict = try await kept { () async throws(StoreError) in try await store.verifyAudit() }
    guard verdict.isIntact else {
      throw CommandFailure(.audit, verdict.description)
    }
    var document = ResultDocument(.audit, title: "The audit trail is intact")
    document.add(
      "verdict", "Verdict",
      [.init("rows", "Rows checked", .count), .init("head", "SHA-256 of the last")],
      [[.integer(verdict.head.sequence), .string(verdict.head.hash)]])
    document.note(
      "audit.head",
      "note the last hash elsewhere: it gives away a trail that was written anew")
    return document
  }
}
