/// The column that holds each subject's date of day 0.
struct OriginColumn {
  private let source: SourceTable
  private let subject: Int
  private let dates: CellConverter
  private let stage: Stage

  init(_ source: SourceTable, subject: Int, date: Int, stage: Stage) {
    self.source = source
    self.subject = subject
    self.stage = stage
    dates = CellConverter(
      source, column: date, kind: .day, mapping: ValueMapping(unit: .date), stage: stage)
  }

  /// A subject has one date, however many rows say it.
  func read() {
    for row in 0..<source.rowCount {
      guard let name = source.text(row, subject), let ordinal = dates.cell(row),
        ordinal != Cell.missing
      else { continue }
      let cell = stage.names.cell(name)
      if let known = stage.origins[cell], known != Int(ordinal) {
        stage.problems.add(
          source.problem(
            row, dates.column, .value(source.text(row, dates.column) ?? ""),
            expected: "the same date on every row of \(name)"))
      } else {
        stage.origins[cell] = Int(ordinal)
      }
    }
  }
}
