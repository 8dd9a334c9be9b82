import GRDB

/// One walk over the audit trail, in one snapshot of the database.
struct AuditCheck {
  /// What the trail says of a run besides its fingerprints.
  private struct RecordedRun {
    var sequence: Int64
    var key: String
    var startedAt: String?
    var isClosed = false
  }

  private struct RecordedPlan: Equatable {
    var sequence: Int64
    var detail: String
  }

  private let noted: AuditHead?
  private var last = AuditHead(sequence: 0, hash: String(repeating: "0", count: 64))
  private var runs: [RunID: RecordedRun] = [:]
  private var datasets: [String: String] = [:]
  private var plans: [String: RecordedPlan] = [:]
  /// The rows that recorded an import.
  private var imports: Set<Int64> = []

  init(noted: AuditHead?) {
    self.noted = noted
  }

  mutating func verdict(on database: Database) throws -> AuditVerdict {
    let problem = try problem(on: database)
    return AuditVerdict(rows: last.sequence, head: last, problem: problem)
  }

  private mutating func problem(on database: Database) throws -> AuditVerdict.Problem? {
    let rows = try AuditRow.fetchCursor(
      database, sql: "SELECT \(AuditRow.columns) FROM audit ORDER BY sequence")
    while let row = try rows.next() {
      if let problem = chainProblem(row) { return problem }
      if let problem = try recordProblem(row, database) { return problem }
      last = AuditHead(sequence: row.sequence, hash: row.hash)
    }
    return try endProblem(database) ?? unrecordedProblem(database)
  }

  /// What is wrong with the row by itself and after the row before it.
  private func chainProblem(_ row: AuditRow) -> AuditVerdict.Problem? {
    if row.sequence > last.sequence + 1 { return .missing(sequence: last.sequence + 1) }
    guard row.sequence == last.sequence + 1, row.hash == row.fittingHash else {
      return .altered(sequence: row.sequence)
    }
    // The row fits itself but not its neighbor: one of them was given a new hash. The first
    // row has no neighbor.
    guard row.previous == last.hash else {
      return .altered(sequence: max(last.sequence, 1))
    }
    if let noted, noted.sequence == row.sequence, noted.hash != row.hash {
      return .notedHeadDiffers(noted)
    }
    return nil
  }

  /// What is wrong with the run or data set the row speaks of.
  private mutating func recordProblem(
    _ row: AuditRow, _ database: Database
  ) throws -> AuditVerdict.Problem? {
    switch AuditAction(rawValue: row.action) {
    case .openRun, .startRun, .closeRun:
      return try runProblem(row, database)
    case .addDataset:
      datasets[row.subject] = row.detail
      imports.insert(row.sequence)
    case .dropDataset:
      datasets[row.subject] = nil
    case .plan where row.detail.contains(" "):
      // Without a fingerprint behind the hash it only notes a plan that is kept elsewhere.
      plans[row.subject] = RecordedPlan(sequence: row.sequence, detail: row.detail)
    case .answerAgain, .plan, .setting, .event, nil:
      break
    }
    return nil
  }

  private mutating func runProblem(
    _ row: AuditRow, _ database: Database
  ) throws -> AuditVerdict.Problem? {
    guard let id = RunID(row.subject) else { return .altered(sequence: row.sequence) }
    let statement = try database.cachedStatement(
      sql: "SELECT \(RunRecord.columns) FROM run WHERE id = ?")
    guard let run = try RunRecord.fetchOne(statement, arguments: [id.number]) else {
      return .runMissing(id, sequence: row.sequence)
    }
    var recorded = runs[id] ?? RecordedRun(sequence: row.sequence, key: run.request.key)
    recorded.sequence = row.sequence
    let isRight: Bool
    switch AuditAction(rawValue: row.action) {
    case .openRun:
      let wasQueued = row.detail == run.openingDetail(isQueued: true)
      recorded.startedAt = wasQueued ? nil : row.at
      isRight = wasQueued || row.detail == run.openingDetail(isQueued: false)
    case .closeRun:
      recorded.isClosed = true
      isRight = row.detail == run.closingDetail
    default:
      recorded.startedAt = row.at
      isRight = true
    }
    runs[id] = recorded
    return isRight ? nil : .runDiffers(id, sequence: row.sequence)
  }

  private func endProblem(_ database: Database) throws -> AuditVerdict.Problem? {
    let head = try AuditTrail.head(in: database)
    if head.sequence > last.sequence {
      return .shortened(lastKept: last.sequence, head: head.sequence)
    }
    if head != last { return .headDiffers(sequence: last.sequence) }
    if let noted, noted.sequence > last.sequence { return .notedHeadDiffers(noted) }
    return nil
  }

  /// Runs and data sets the trail does not know, or knows otherwise.
  private func unrecordedProblem(_ database: Database) throws -> AuditVerdict.Problem? {
    let kept = try Row.fetchCursor(
      database, sql: "SELECT id, started_at, ended_at, request_key FROM run ORDER BY id")
    while let row = try kept.next() {
      let id = RunID(number: row[0])
      guard let recorded = runs[id] else { return .runUnrecorded(id) }
      let isClosed = row[2] as String? != nil
      guard recorded.startedAt == row[1] as String?, recorded.isClosed == isClosed,
        recorded.key == row[3] as String
      else {
        return .runDiffers(id, sequence: recorded.sequence)
      }
    }
    return try datasetProblem(database) ?? planProblem(database) ?? importProblem(database)
  }

  private func datasetProblem(_ database: Database) throws -> AuditVerdict.Problem? {
    let kept = try DatasetRecord.fetchAll(
      database, sql: "SELECT \(DatasetRecord.columns) FROM dataset")
    let fingerprints = Dictionary(uniqueKeysWithValues: kept.map { ($0.name, $0.fingerprint) })
    let names = Set(fingerprints.keys).union(datasets.keys)
    return names.sorted().first { fingerprints[$0] != datasets[$0] }.map {
      .datasetDiffers(name: $0)
    }
  }

  private func planProblem(_ database: Database) throws -> AuditVerdict.Problem? {
    let kept = try PlanRecord.fetchAll(database, sql: "SELECT \(PlanRecord.columns) FROM plan")
    let found = Dictionary(
      uniqueKeysWithValues: kept.map {
        ($0.request.name, RecordedPlan(sequence: $0.sequence, detail: $0.request.detail))
      })
    let names = Set(found.keys).union(plans.keys)
    return names.sorted().first { found[$0] != plans[$0] }.map { .planDiffers(name: $0) }
  }

  /// Every data set must have been seen at its import or before, and only imports are seen.
  private func importProblem(_ database: Database) throws -> AuditVerdict.Problem? {
    let seen = try Row.fetchAll(database, sql: "SELECT sha256, sequence FROM seen ORDER BY sha256")
    for row in seen where row[1] as Int64 != 0 && !imports.contains(row[1]) {
      return .firstImportDiffers(sha256: row[0])
    }
    let kept = try DatasetRecord.fetchAll(
      database, sql: "SELECT \(DatasetRecord.columns) FROM dataset ORDER BY name")
    for dataset in kept {
      let added = try Int64.fetchOne(
        database,
        sql: "SELECT max(sequence) FROM audit WHERE action = 'dataset.add' AND subject = ?",
        arguments: [dataset.name])
      let first = try Int64.fetchOne(
        database, sql: "SELECT sequence FROM seen WHERE sha256 = ?", arguments: [dataset.hash])
      guard let added, let first, first <= added else {
        return .firstImportDiffers(sha256: dataset.hash)
      }
    }
    return nil
  }
}
