/// Finds each subject's day 0 where `origin=` does not say.
///
/// In this order: the first dose (DM, `RFXSTDTC`; ADaM, `TRTSDT`; the first date of EX); the
/// reference start (DM, `RFSTDTC`); the day that a date and its study day imply; the first tumor
/// assessment (TR, RS, ADTR or ADRS). Every but the first dose is noted.
struct CDISCOrigins {
  private let stage: Stage

  init(stage: Stage) { self.stage = stage }

  func find(tables: [CDISCTable], dated: [(CDISCTable, CDISCDates)]) {
    guard stage.options.origin == nil else { return }
    let demographics = tables.filter { $0.domain == .dm }
    readDates(demographics, "RFXSTDTC")
    readDates(tables.filter { $0.domain == .adsl }, "TRTSDT")
    readDates(tables.filter { $0.domain.isAnalysis && $0.domain != .adsl }, "TRTSDT")
    takeFirst(dated.filter { $0.0.domain == .ex || $0.0.domain == .adex })
    let dosed = stage.origins.count
    readDates(demographics, "RFSTDTC")
    note(
      stage.origins.count - dosed,
      "day 0 is the reference start (RFSTDTC), as no first dose is given")
    let referenced = stage.origins.count
    let spread = takeImplied(dated)
    note(stage.origins.count - referenced, "day 0 was worked back from dates and study days")
    if let spread { stage.note(spread) }
    let implied = stage.origins.count
    takeFirst(dated.filter { [.tr, .rs, .adtr, .adrs].contains($0.0.domain) })
    let reason = demographics.isEmpty ? "as there is no DM" : "as DM gives no date"
    note(stage.origins.count - implied, "day 0 is the first tumor assessment, \(reason)")
  }

  private func note(_ subjects: Int, _ text: String) {
    if subjects > 0 { stage.note("for \(subjects) subject\(subjects == 1 ? "" : "s") \(text)") }
  }

  private func readDates(_ tables: [CDISCTable], _ name: String) {
    for table in tables {
      guard let column = table.source.column(name) else { continue }
      let dates = CellConverter(
        table.source, column: column, kind: .day, mapping: ValueMapping(unit: .date), stage: stage)
      for row in 0..<table.source.rowCount {
        guard let subject = table.source.text(row, "USUBJID").map(stage.names.cell),
          stage.origins[subject] == nil, let ordinal = dates.cell(row), ordinal != Cell.missing
        else { continue }
        stage.origins[subject] = Int(ordinal)
      }
    }
  }

  /// Study days are often planned ones and disagree; the earliest record of a subject counts.
  ///
  /// - Returns: A note on the disagreement.
  private func takeImplied(_ assessments: [(CDISCTable, CDISCDates)]) -> String? {
    var implied: [Int64: ImpliedOrigin] = [:]
    for (table, dates) in assessments {
      for row in 0..<table.source.rowCount {
        guard let origin = dates.impliedOrigin(row), let ordinal = dates.ordinal(row),
          let subject = table.source.text(row, "USUBJID").map(stage.names.cell),
          stage.origins[subject] == nil
        else { continue }
        implied[subject, default: ImpliedOrigin(ordinal: ordinal, origin: origin)]
          .take(ordinal: ordinal, origin: origin)
      }
    }
    stage.origins.merge(implied.mapValues(\.origin)) { known, _ in known }
    let spreads = implied.values.map(\.spread).filter { $0 > 0 }
    return spreads.max().map { largest in
      "for \(spreads.count) of them study days disagree with dates by up to \(largest) days: "
        + "the earliest record counts"
    }
  }

  /// The day 0 that a subject's dates and study days imply.
  private struct ImpliedOrigin {
    private var earliest: Int
    private(set) var origin: Int
    private var range: ClosedRange<Int>

    init(ordinal: Int, origin: Int) {
      earliest = ordinal
      self.origin = origin
      range = origin...origin
    }

    var spread: Int { range.upperBound - range.lowerBound }

    mutating func take(ordinal: Int, origin: Int) {
      if ordinal < earliest {
        earliest = ordinal
        self.origin = origin
      }
      range = min(range.lowerBound, origin)...max(range.upperBound, origin)
    }
  }

  private func takeFirst(_ tables: [(CDISCTable, CDISCDates)]) {
    var first: [Int64: Int] = [:]
    for (table, dates) in tables {
      for row in 0..<table.source.rowCount {
        guard let ordinal = dates.ordinal(row),
          let subject = table.source.text(row, "USUBJID").map(stage.names.cell)
        else { continue }
        first[subject] = min(first[subject] ?? ordinal, ordinal)
      }
    }
    stage.origins.merge(first) { known, _ in known }
  }
}

extension SourceTable {
  fileprivate func text(_ row: Int, _ name: String) -> String? { text(row, column(name)) }
}
