/// Finds each subject's day 0 where `origin=` does not say.
///
/// In this order: the first dose (DM, `RFXSTDTC`); the reference start (DM, `RFSTDTC`); the day
/// that a date and its study day imply; the first tumor assessment (TR or RS). Every but the
/// first is noted.
struct CDISCOrigins {
  private let stage: Stage

  init(stage: Stage) { self.stage = stage }

  func find(demographics: [CDISCTable], assessments: [(CDISCTable, CDISCDates)]) {
    guard stage.options.origin == nil else { return }
    readDates(demographics, "RFXSTDTC")
    let dosed = stage.origins.count
    readDates(demographics, "RFSTDTC")
    note(
      stage.origins.count - dosed,
      "day 0 is the reference start (RFSTDTC), as no first dose is given")
    let referenced = stage.origins.count
    takeImplied(assessments)
    note(stage.origins.count - referenced, "day 0 was worked back from dates and study days")
    let implied = stage.origins.count
    takeFirstAssessments(assessments)
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

  private func takeImplied(_ assessments: [(CDISCTable, CDISCDates)]) {
    var implied: [Int64: Int] = [:]
    for (table, dates) in assessments {
      for row in 0..<table.source.rowCount {
        guard let origin = dates.impliedOrigin(row),
          let subject = table.source.text(row, "USUBJID").map(stage.names.cell),
          stage.origins[subject] == nil
        else { continue }
        if let known = implied[subject], known != origin {
          stage.problem(
            at: table.place(row), column: "\(table.domain.rawValue)DY",
            .condition("a study day that implies another day 1 than earlier rows"),
            expected: "the same for all rows of the subject")
        }
        implied[subject] = implied[subject] ?? origin
      }
    }
    stage.origins.merge(implied) { known, _ in known }
  }

  private func takeFirstAssessments(_ assessments: [(CDISCTable, CDISCDates)]) {
    var first: [Int64: Int] = [:]
    for (table, dates) in assessments {
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
