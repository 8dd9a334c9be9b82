/// The day of each row of one domain.
///
/// A row's date counts from the subject's day 0; without a date its study day is taken, where 1
/// is day 0. Partial dates are refused, whatever the study day says, unless a rule is named.
struct CDISCDates {
  private let table: CDISCTable
  private let stage: Stage
  private let dateColumn: Int?
  private let dayColumn: Int?
  /// Ordinals of dates; nothing where one was refused.
  private let ordinals: [Int64?]
  private let studyDays: [Int64?]

  init(_ table: CDISCTable, stage: Stage) {
    self.table = table
    self.stage = stage
    dateColumn = table.source.column(anyOf: table.domain.dateColumns)
    dayColumn = table.source.column(anyOf: table.domain.dayColumns)
    ordinals = Self.cells(table.source, dateColumn, .date, stage)
    studyDays = Self.cells(table.source, dayColumn, .studyDay, stage)
  }

  private static func cells(
    _ source: SourceTable, _ column: Int?, _ unit: ValueUnit, _ stage: Stage
  ) -> [Int64?] {
    guard let column else { return Array(repeating: Cell.missing, count: source.rowCount) }
    let converter = CellConverter(
      source, column: column, kind: .day, mapping: ValueMapping(unit: unit), stage: stage)
    return (0..<source.rowCount).map(converter.cell)
  }

  /// The ordinal of a row's date.
  func ordinal(_ row: Int) -> Int? {
    guard let ordinal = ordinals[row], ordinal != Cell.missing else { return nil }
    return Int(ordinal)
  }

  /// The ordinal of the day 0 that a row's date and study day together imply.
  func impliedOrigin(_ row: Int) -> Int? {
    guard let ordinal = ordinal(row), let day = studyDays[row], day != Cell.missing else {
      return nil
    }
    return ordinal - Int(day)
  }

  /// The day of a row that may have none: missing where neither date nor study day is given.
  func dayIfGiven(_ row: Int, subject: Int64) -> Int64? {
    if ordinals[row] == Cell.missing, studyDays[row] == Cell.missing { return Cell.missing }
    return day(row, subject: subject)
  }

  /// The day of a row, or nothing after a problem was recorded.
  func day(_ row: Int, subject: Int64) -> Int64? {
    guard let ordinal = ordinals[row], let studyDay = studyDays[row] else { return nil }
    if ordinal != Cell.missing, let origin = stage.origins[subject] {
      return checked(ordinal - Int64(origin), row)
    }
    if studyDay != Cell.missing { return studyDay }
    let domain = table.domain
    stage.problems.add(
      ImportProblem(
        file: table.source.file, line: Int(table.source.lines[row]),
        column: domain.dateColumns[0], finding: .missing,
        expected: "a date, or a study day in \(domain.dayColumns[0])"))
    return nil
  }

  private func checked(_ day: Int64, _ row: Int) -> Int64? {
    guard case .success = ColumnKind.day.cell(Double(day)) else {
      stage.problems.add(
        table.source.problem(
          row, dateColumn, .value(table.source.text(row, dateColumn) ?? ""),
          expected: "a date within a hundred years of the subject's day 0"))
      return nil
    }
    return day
  }
}
