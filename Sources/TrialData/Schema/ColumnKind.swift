internal import RECIST

/// What a column holds, and how text becomes a cell of it.
///
/// A cell is 64 bits whatever its kind: a position in the pool of texts, a whole number, or the
/// pattern of a `Double`. A hundred megabytes of rows then stay a hundred megabytes.
enum ColumnKind: Sendable, Hashable {
  /// A text that may not be missing: who or what a row is about.
  case name
  case text
  /// The name of an endpoint, kept in lower case.
  case endpoint
  case day
  /// A length in millimeters.
  case length
  /// A number that is never negative: a dose, an age.
  case amount
  case number
  case flag
  case date
  case lesionRole
  case lesionState
  case response
}

extension ColumnKind {
  enum Storage: Sendable { case text, integer, real }

  var storage: Storage {
    switch self {
    case .day, .flag: .integer
    case .length, .amount, .number: .real
    case .name, .text, .endpoint, .date, .lesionRole, .lesionState, .response: .text
    }
  }

  var sqlType: String {
    switch storage {
    case .text: "TEXT"
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }

  /// What a problem says it expected.
  var expectation: String {
    switch self {
    case .name, .text, .endpoint: "a text"
    case .day: "a whole number of days between -36525 and 36525"
    case .length: "a length in millimeters between 0 and 1000000"
    case .amount: "a number that is not negative"
    case .number: "a number"
    case .flag: "1 or 0, yes or no"
    case .date: "a date such as 2014-02-28"
    case .lesionRole: LesionRole.allCases.map(\.rawValue).joined(separator: ", ")
    case .lesionState: LesionState.allCases.map(\.rawValue).joined(separator: ", ")
    case .response: "a RECIST or iRECIST code such as CR, PR, SD, PD or NE"
    }
  }

  /// The cell for a text that is not missing, or what was expected of it.
  func cell(_ text: String, names: TextPool) -> Result<Int64, Refusal> {
    switch self {
    case .name, .text: .success(names.cell(text))
    case .endpoint: .success(names.cell(text.lowercased()))
    case .day: day(text)
    case .length, .amount, .number: number(text)
    case .flag: coded(Self.flag(text))
    case .date: coded(CalendarDate(text).map { names.cell($0.description) })
    case .lesionRole: coded(LesionRole(rawValue: text.uppercased()).map { names.cell($0.rawValue) })
    case .lesionState: coded(LesionState(reading: text).map { names.cell($0.rawValue) })
    case .response: coded(ResponseCode(reading: text).map { names.cell($0.rawValue) })
    }
  }

  /// The cell of a number that was computed rather than read.
  func cell(_ number: Double) -> Result<Int64, Refusal> {
    switch self {
    case .day: dayCell(number.rounded(.toNearestOrAwayFromZero))
    case .length:
      coded(Millimeters(rounding: number).map { Cell.real($0.value) })
    case .amount: number >= 0 && number.isFinite ? .success(Cell.real(number)) : refused
    default: number.isFinite ? .success(Cell.real(number)) : refused
    }
  }

  struct Refusal: Error { let expected: String }

  private var refused: Result<Int64, Refusal> { .failure(Refusal(expected: expectation)) }

  private func coded(_ cell: Int64?) -> Result<Int64, Refusal> {
    cell.map { .success($0) } ?? refused
  }

  private func day(_ text: String) -> Result<Int64, Refusal> {
    guard case .success(let number) = DecimalText.read(text), number == number.rounded() else {
      return refused
    }
    return dayCell(number)
  }

  private func dayCell(_ number: Double) -> Result<Int64, Refusal> {
    (-36_525.0...36_525.0).contains(number) ? .success(Int64(number)) : refused
  }

  private func number(_ text: String) -> Result<Int64, Refusal> {
    switch DecimalText.read(text) {
    case .success(let number): cell(number)
    case .failure(.ambiguous): .failure(Refusal(expected: DecimalText.ambiguity))
    case .failure(.notANumber): refused
    }
  }

  static func flag(_ text: String) -> Int64? {
    switch text.lowercased() {
    case "1", "y", "yes", "true": 1
    case "0", "n", "no", "false": 0
    default: nil
    }
  }
}
