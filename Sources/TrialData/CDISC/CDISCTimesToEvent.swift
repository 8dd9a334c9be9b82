/// Reads ADTTE: a time to an event, or to censoring, a row.
///
/// AVAL counts both ends, so that AVAL 1 is day 0. Its unit is, in this order: what `AVALU` says;
/// what stands in brackets in `PARAM`; days, if AVAL is the days from `STARTDT` to `ADT`, or
/// months, if it is those in months of 30.4375 days. Where none of them says, whole numbers are
/// days, as CDISC counts; other numbers are months if none is above 240 (twenty years), else
/// days; that assumption is noted. A time that starts on another day than day 0 (`STARTDT`), as a
/// duration of response does, is kept as the days from its start, and noted. `CNSR` 0 is an event,
/// any other number a censoring.
struct CDISCTimesToEvent {
  private enum Unit: String {
    case days, weeks, months, years

    var mapping: ValueUnit {
      switch self {
      case .days: .days
      case .weeks: .weeks
      case .months: .months
      case .years: .years
      }
    }

    init?(_ text: String) {
      switch text.uppercased() {
      case "DAY", "DAYS", "D": self = .days
      case "WEEK", "WEEKS", "W": self = .weeks
      case "MONTH", "MONTHS", "MO", "MTHS": self = .months
      case "YEAR", "YEARS", "Y": self = .years
      default: return nil
      }
    }
  }

  private let table: CDISCTable
  private let stage: Stage
  private let starts: CellConverter?
  private let ends: CellConverter?

  init(_ table: CDISCTable, stage: Stage) {
    self.table = table
    self.stage = stage
    starts = table.converter(["STARTDT"], .day, ValueMapping(unit: .date))
    ends = table.converter(["ADT"], .day, ValueMapping(unit: .date))
  }

  private var source: SourceTable { table.source }

  func read() {
    guard let parameter = column("PARAMCD"), let value = column("AVAL"), let censor = column("CNSR")
    else { return }
    let assumed = assumedUnit(value)
    var startingLater: [String: Int] = [:]
    for row in 0..<source.rowCount {
      guard let subject = table.subject(row) else { continue }
      guard let name = source.text(row, parameter) else {
        stage.problems.add(source.problem(row, parameter, .missing, expected: "a parameter"))
        continue
      }
      guard let occurred = occurred(row, censor), let day = day(row, value, assumed) else {
        continue
      }
      if startsLater(row, subject) { startingLater[name.lowercased(), default: 0] += 1 }
      stage.table(.event).append(
        [subject, stage.names.cell(name.lowercased()), day, occurred ? 1 : 0], table.place(row))
    }
    note(startingLater)
  }

  /// Whether a time starts on another day than the subject's day 0.
  private func startsLater(_ row: Int, _ subject: Int64) -> Bool {
    guard let start = starts?.cell(row), start != Cell.missing, let origin = stage.origins[subject]
    else { return false }
    return Int(start) != origin
  }

  private func note(_ startingLater: [String: Int]) {
    for (name, count) in startingLater.sorted(by: { $0.key < $1.key }) {
      stage.note(
        "\(source.file): \(count) time\(count == 1 ? "" : "s") of \(name) start\(count == 1 ? "s" : "") on "
          + "another day than day 0; the time from there is kept, the day it starts on is not")
    }
  }

  private func column(_ name: String) -> Int? {
    if let column = source.column(name) { return column }
    stage.problems.add(
      source.problemInHeader(
        name, .condition("no such column"),
        expected: "it among \(CellConverter.list(source.header))"))
    return nil
  }

  private func occurred(_ row: Int, _ column: Int) -> Bool? {
    let text = source.text(row, column)
    if let text, case .success(let code) = DecimalText.read(text), code >= 0,
      code == code.rounded()
    {
      return code == 0
    }
    stage.problems.add(
      source.problem(
        row, column, text.map { .value($0) } ?? .missing,
        expected: "0 for an event, or the number of a reason for censoring"))
    return nil
  }

  /// The day, missing if AVAL is; nothing after a problem was recorded.
  private func day(_ row: Int, _ column: Int, _ assumed: Unit?) -> Int64? {
    guard let text = source.text(row, column), text != "." else { return Cell.missing }
    guard case .success(let number) = DecimalText.read(text) else {
      return refuse(row, column, text, "a number")
    }
    guard let unit = statedUnit(row) ?? datedUnit(row, number) ?? assumed else {
      return refuse(row, column, text, "a unit in AVALU or PARAM")
    }
    let days = (number * unit.mapping.factor).rounded(.toNearestOrAwayFromZero)
    guard days >= 1, case .success(let cell) = ColumnKind.day.cell(days - 1) else {
      return refuse(row, column, text, "a time of at least 1 day, as it counts both ends")
    }
    return cell
  }

  private func refuse(_ row: Int, _ column: Int, _ text: String, _ expected: String) -> Int64? {
    stage.problems.add(source.problem(row, column, .value(text), expected: expected))
    return nil
  }

  /// What AVALU says, or the brackets of PARAM.
  private func statedUnit(_ row: Int) -> Unit? {
    if let unit = source.text(row, source.column("AVALU")) { return Unit(unit) }
    guard let text = source.text(row, source.column("PARAM")) else { return nil }
    return text.split { $0 == "(" || $0 == ")" }.dropFirst().lazy
      .compactMap { Unit(String($0)) }.first
  }

  /// The unit in which the time is that between the row's dates.
  private func datedUnit(_ row: Int, _ number: Double) -> Unit? {
    guard let start = starts?.cell(row), let end = ends?.cell(row), start != Cell.missing,
      end != Cell.missing
    else { return nil }
    let days = Double(end - start + 1)
    if number == days { return .days }
    return [Unit.months, .weeks, .years].first {
      abs(number * $0.mapping.factor - days) <= 0.06 * $0.mapping.factor
    }
  }

  /// What numbers without a unit are taken for.
  private func assumedUnit(_ column: Int) -> Unit? {
    var most = 0.0
    var areWhole = true
    var isNeeded = false
    for row in 0..<source.rowCount {
      guard let text = source.text(row, column), case .success(let number) = DecimalText.read(text),
        statedUnit(row) == nil, datedUnit(row, number) == nil
      else { continue }
      isNeeded = true
      most = max(most, number)
      if number != number.rounded() { areWhole = false }
    }
    guard isNeeded, source.column("AVALU") == nil else { return nil }
    let unit: Unit = areWhole || most > 240 ? .days : .months
    stage.note(
      "\(source.file): AVAL has no unit and is taken for \(unit.rawValue), "
        + "as \(areWhole ? "all are whole" : "the largest is \(NumberText.shortest(most))")")
    return unit
  }
}
