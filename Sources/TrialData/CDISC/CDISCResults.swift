internal import RECIST

/// The results of TR: a length, or a state in place of it.
struct CDISCResults {
  enum Result {
    case length(Int64)
    case state(Int64)
  }

  private let table: CDISCTable
  private let stage: Stage
  private let number: Int?
  private let numberUnit: Int?
  private let text: Int?
  private let original: Int?
  private let originalUnit: Int?
  private let status: Int?

  init(_ table: CDISCTable, stage: Stage) {
    self.table = table
    self.stage = stage
    number = table.column("STRESN")
    numberUnit = table.column("STRESU")
    text = table.column("STRESC")
    original = table.column("ORRES")
    originalUnit = table.column("ORRESU")
    status = table.column("STAT")
  }

  private var source: SourceTable { table.source }

  /// A diameter: the standardized number, else the standardized or the original text.
  ///
  /// A text that names a state (TOO SMALL TO MEASURE) and NOT DONE are states.
  func length(_ row: Int) -> Result? {
    if let result = source.text(row, number) {
      return length(result, row, number, unitColumn: numberUnit)
    }
    if source.text(row, status)?.uppercased() == "NOT DONE" {
      return .state(cell(.notEvaluable))
    }
    let column = source.text(row, text) == nil ? original : text
    guard let result = source.text(row, column) else {
      stage.problems.add(
        source.problem(row, column ?? number, .missing, expected: "a result, or NOT DONE in TRSTAT")
      )
      return nil
    }
    if let state = LesionState(reading: result) { return .state(cell(state)) }
    let unitColumn = column == original ? originalUnit : numberUnit ?? originalUnit
    return length(result, row, column, unitColumn: unitColumn)
  }

  func state(_ row: Int) -> Result? {
    let column = source.text(row, text) == nil ? original : text
    let result = source.text(row, column)
    if let state = result.flatMap(LesionState.init(reading:)) { return .state(cell(state)) }
    if result == nil, source.text(row, status)?.uppercased() == "NOT DONE" {
      return .state(cell(.notEvaluable))
    }
    stage.problems.add(
      source.problem(
        row, column, result.map { .value($0) } ?? .missing,
        expected: ColumnKind.lesionState.expectation))
    return nil
  }

  private func cell(_ state: LesionState) -> Int64 { stage.names.cell(state.rawValue) }

  private func length(
    _ result: String, _ row: Int, _ column: Int?, unitColumn: Int?
  ) -> Result? {
    let unit = source.text(row, unitColumn)
    guard case .success(let value) = DecimalText.read(result) else {
      return refuse(result, row, column, ColumnKind.length.expectation)
    }
    let factor: Double? =
      switch unit?.lowercased() {
      case "mm": 1
      case "cm": 10
      case nil: value == 0 ? 1 : nil
      default: nil
      }
    guard let factor else {
      return refuse(unit, row, unitColumn, "mm or cm")
    }
    guard case .success(let cell) = ColumnKind.length.cell(value * factor) else {
      return refuse(result, row, column, ColumnKind.length.expectation)
    }
    return .length(cell)
  }

  private func refuse(_ found: String?, _ row: Int, _ column: Int?, _ expected: String) -> Result? {
    stage.problems.add(
      source.problem(row, column, found.map { .value($0) } ?? .missing, expected: expected))
    return nil
  }
}
