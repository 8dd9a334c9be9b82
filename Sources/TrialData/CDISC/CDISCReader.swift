/// Reads SDTM domains into the stage.
///
/// ## References
///
/// - CDISC (2021). Study Data Tabulation Model Implementation Guide, version 3.4, section 6.3.12
///   (TU, TR, RS).
struct CDISCReader {
  private let tables: [CDISCTable]
  private let stage: Stage

  init(_ domains: [(CDISCDomain, SourceTable)], stage: Stage) {
    tables = domains.compactMap { CDISCTable($0.0, $0.1, stage: stage) }
    self.stage = stage
  }

  func read() {
    let demographics = tables.filter { $0.domain == .dm }
    let dated = tables.filter { $0.domain == .tr || $0.domain == .rs }
      .map { ($0, CDISCDates($0, stage: stage)) }
    CDISCOrigins(stage: stage).find(demographics: demographics, assessments: dated)
    for table in demographics { CDISCDemographics(table, stage: stage).read() }
    let tumors = CDISCTumors(stage: stage)
    for table in tables where table.domain == .tu { tumors.read(table) }
    tumors.stageRows()
    let responses = CDISCResponses(stage: stage)
    let measurements = CDISCMeasurements(tumors, responses, stage: stage)
    for (table, dates) in dated where table.domain == .tr { measurements.read(table, dates) }
    for (table, dates) in dated where table.domain == .rs { responses.read(table, dates) }
    measurements.stageRows()
    responses.stageRows()
  }

  /// "NEWLPROG (2 records), SUMNLNLD (4 records)".
  static func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value) records)" }
      .joined(separator: ", ")
  }
}
