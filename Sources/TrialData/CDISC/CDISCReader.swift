/// Reads SDTM domains and ADaM data sets into the stage.
///
/// ## References
///
/// - CDISC (2021). Study Data Tabulation Model Implementation Guide, version 3.4, section 6.3.12
///   (TU, TR, RS).
/// - CDISC (2021). Analysis Data Model Implementation Guide, version 1.3, section 3.
struct CDISCReader {
  private let tables: [CDISCTable]
  private let stage: Stage

  init(_ domains: [(CDISCDomain, SourceTable)], stage: Stage) {
    tables = domains.compactMap { CDISCTable($0.0, $0.1, stage: stage) }
    self.stage = stage
  }

  func read() {
    let dated = tables.filter { $0.domain != .dm && $0.domain != .adsl && $0.domain != .tu }
      .map { ($0, CDISCDates($0, stage: stage)) }
    CDISCOrigins(stage: stage).find(tables: tables, dated: dated)
    CDISCSubjects(stage: stage).read(tables)
    readTumors(dated)
    let markers = CDISCMarkers(stage: stage)
    for (table, dates) in dated {
      switch table.domain {
      case .ex, .adex: CDISCExposures(table, stage: stage).read(dates)
      case .lb, .cp, .immunology, .adlb, .adis: markers.read(table, dates)
      case .adtte: CDISCTimesToEvent(table, stage: stage).read()
      case .dm, .adsl, .tu, .tr, .rs, .adtr, .adrs: break
      }
    }
    markers.note()
  }

  private func readTumors(_ dated: [(CDISCTable, CDISCDates)]) {
    let tumors = CDISCTumors(stage: stage)
    for table in tables where table.domain == .tu { tumors.read(table) }
    tumors.stageRows()
    let responses = CDISCResponses(stage: stage)
    let measurements = CDISCMeasurements(tumors, responses, stage: stage)
    for (table, dates) in dated where table.domain == .tr { measurements.read(table, dates) }
    for (table, dates) in dated where table.domain == .rs { responses.read(table, dates) }
    let analyses = CDISCAnalyses(responses, stage: stage)
    for (table, dates) in dated where [.adtr, .adrs].contains(table.domain) {
      analyses.read(table, dates)
    }
    measurements.stageRows()
    responses.stageRows()
    analyses.note()
  }

  /// "NEWLPROG (2 records), SUMNLNLD (4 records)".
  static func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value) records)" }
      .joined(separator: ", ")
  }
}
