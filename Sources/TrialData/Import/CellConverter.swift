/// Turns the texts of one source column into cells of one kind, each distinct text once.
final class CellConverter {
  private enum Outcome {
    case unknown
    case cell(Int64)
    /// A date that was completed by a rule.
    case imputed(Int64)
    case refused(expected: String)
  }

  let source: SourceTable
  let column: Int
  private let kind: ColumnKind
  private let mapping: ValueMapping
  private let stage: Stage
  private var outcomes: [Outcome]
  private var dateFormat: (format: CalendarDate.Format, line: Int)?

  init(_ source: SourceTable, column: Int, kind: ColumnKind, mapping: ValueMapping, stage: Stage) {
    self.source = source
    self.column = column
    self.kind = kind
    self.mapping = mapping
    self.stage = stage
    outcomes = Array(repeating: .unknown, count: source.pool.count)
  }

  /// Whether cells are dates still to be counted from the subject's day 0.
  var yieldsDates: Bool { mapping.unit == .date }

  /// The cell of a row, or nothing if the text was refused and a problem recorded.
  func cell(_ row: Int) -> Int64? {
    let position = source.position(row, column)
    if case .unknown = outcomes[position] {
      outcomes[position] = convert(source.pool.texts[position], row)
    }
    switch outcomes[position] {
    case .cell(let cell): return cell
    case .imputed(let cell):
      stage.countImputedDate()
      return cell
    case .refused(let expected):
      let value = source.pool.texts[position]
      stage.problems.add(source.problem(row, column, .value(value), expected: expected))
      return nil
    case .unknown: return nil
    }
  }

  /// The cells of every row, or nothing if a text is refused or a date was completed: then each
  /// row is to be asked for, so that what is said of it is said in its order.
  func allCells() -> [Int64]? {
    var known = [Int64](repeating: 0, count: outcomes.count)
    var isKnown = [Bool](repeating: false, count: outcomes.count)
    return source.cells(of: column) { position, row in
      if !isKnown[position] {
        guard let cell = plainCell(position, row) else { return nil }
        known[position] = cell
        isKnown[position] = true
      }
      return known[position]
    }
  }

  private func plainCell(_ position: Int, _ row: Int) -> Int64? {
    if case .unknown = outcomes[position] {
      outcomes[position] = convert(source.pool.texts[position], row)
    }
    guard case .cell(let cell) = outcomes[position] else { return nil }
    return cell
  }

  private func convert(_ raw: String, _ row: Int) -> Outcome {
    guard var text = SourceTable.present(raw) else { return .cell(Cell.missing) }
    if let values = mapping.values {
      guard let value = values[text] else {
        return .refused(expected: Self.list(values.keys.sorted()))
      }
      if value.isEmpty { return .cell(Cell.missing) }
      text = value
    }
    // SAS writes a missing number, and what is derived from one, as a point.
    if text == ".", kind != .name, kind != .text { return .cell(Cell.missing) }
    if mapping.unit == .date || kind == .date { return date(text, row) }
    if let unit = mapping.unit { return number(text, unit) }
    return outcome(kind.cell(text, names: stage.names))
  }

  private func outcome(_ result: Result<Int64, ColumnKind.Refusal>) -> Outcome {
    switch result {
    case .success(let cell): .cell(cell)
    case .failure(let refusal): .refused(expected: refusal.expected)
    }
  }

  private func number(_ text: String, _ unit: ValueUnit) -> Outcome {
    switch DecimalText.read(text) {
    case .failure(.ambiguous): return .refused(expected: DecimalText.ambiguity)
    case .failure(.notANumber): return .refused(expected: "a number of \(unit.rawValue)")
    case .success(let number):
      switch unit {
      case .studyDay: return studyDay(number)
      case .duration: return outcome(kind.cell(number - 1))
      default: return outcome(kind.cell(number * unit.factor))
      }
    }
  }

  private func studyDay(_ number: Double) -> Outcome {
    guard number == number.rounded(), number != 0 else {
      return .refused(expected: "a study day: a whole number that is not 0")
    }
    return outcome(kind.cell(number > 0 ? number - 1 : number))
  }

  private func date(_ text: String, _ row: Int) -> Outcome {
    let written = DateText(text)
    switch written {
    case .unreadable: return .refused(expected: ColumnKind.date.expectation)
    case .complete(let date, let format):
      if let first = dateFormat, first.format != format {
        return .refused(
          expected: "a date such as \(first.format.rawValue), as on line \(first.line)")
      }
      dateFormat = dateFormat ?? (format, Int(source.lines[row]))
      return .cell(dateCell(date))
    case .month, .year:
      guard let date = stage.options.impute?.complete(written) else {
        return .refused(expected: "a complete date, or impute=first, middle or last")
      }
      return .imputed(dateCell(date))
    }
  }

  private func dateCell(_ date: CalendarDate) -> Int64 {
    mapping.unit == .date ? Int64(date.ordinal) : stage.names.cell(date.description)
  }

  static func list(_ names: some Sequence<String>) -> String {
    names.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}
