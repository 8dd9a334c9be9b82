/// Reads laboratory and immune-monitoring values: LB, CP, IS, ADLB and ADIS.
///
/// The marker is the test's code, for CP with its marker string behind it. A result that is text
/// is left out and counted; NOT DONE is no value.
final class CDISCMarkers {
  private struct Key: Hashable {
    let subject: Int64
    let day: Int64
    let marker: Int64
  }

  private let stage: Stage
  private var known: [Key: (value: Int64, unit: Int64)] = [:]
  private var repeated = 0

  init(stage: Stage) { self.stage = stage }

  func read(_ table: CDISCTable, _ dates: CDISCDates) {
    let source = table.source
    let isAnalysis = table.domain.isAnalysis
    let codes = isAnalysis ? ["PARAMCD"] : [table.domain.prefix + "TESTCD"]
    guard let code = source.column(anyOf: codes) else {
      stage.problems.add(
        source.problemInHeader(
          codes[0], .condition("no such column"),
          expected: "it among \(CellConverter.list(source.header))"))
      return
    }
    let results = Results(table)
    var texts: [String: Int] = [:]
    for row in 0..<source.rowCount {
      guard let test = source.text(row, code) else {
        stage.problems.add(source.problem(row, code, .missing, expected: "a test"))
        continue
      }
      guard let result = results.result(row) else { continue }
      guard case .success(let number) = DecimalText.read(result.text) else {
        texts[test, default: 0] += 1
        continue
      }
      guard let subject = table.subject(row), let day = dates.day(row, subject: subject),
        case .success(let value) = ColumnKind.number.cell(number)
      else { continue }
      let name = [test, results.markers(row)].compactMap(\.self).joined(separator: " ")
      let key = Key(subject: subject, day: day, marker: stage.names.cell(name))
      add(key, value, table.cell(result.unit), table, row)
    }
    if !texts.isEmpty {
      stage.note("\(source.file): left out results that are no numbers: \(CDISCReader.list(texts))")
    }
  }

  private func add(
    _ key: Key, _ value: Int64, _ unit: Int64, _ table: CDISCTable, _ row: Int
  ) {
    if let known = known.updateValue((value, unit), forKey: key) {
      if known == (value, unit) {
        repeated += 1
      } else {
        stage.problem(
          at: table.place(row), column: nil,
          .condition("a second, different value of \(stage.text(key.marker) ?? "") on the day"),
          expected: "one for each subject, day and marker")
      }
      return
    }
    stage.table(.marker).append(
      [key.subject, key.day, table.visit(row), key.marker, value, unit], table.place(row))
  }

  func note() {
    if repeated > 0 { stage.note("\(repeated) marker values that repeat another were read once") }
  }

  /// Where a domain keeps its results.
  private struct Results {
    private let source: SourceTable
    private let columns: [(value: Int?, unit: Int?)]
    private let status: Int?
    private let marker: Int?

    init(_ table: CDISCTable) {
      source = table.source
      let isAnalysis = table.domain.isAnalysis
      let standard = table.column("STRESU")
      columns =
        isAnalysis
        ? [(table.source.column("AVAL"), table.source.column("AVALU"))]
        : [
          (table.column("STRESN"), standard), (table.column("STRESC"), standard),
          (table.column("ORRES"), table.column("ORRESU")),
        ]
      status = isAnalysis ? nil : table.column("STAT")
      marker = isAnalysis ? nil : table.column("SBMRKS")
    }

    /// The first result that is given.
    func result(_ row: Int) -> (text: String, unit: String?)? {
      if source.text(row, status)?.uppercased() == "NOT DONE" { return nil }
      for (value, unit) in columns {
        if let text = source.text(row, value), text != "." {
          return (text, source.text(row, unit))
        }
      }
      return nil
    }

    func markers(_ row: Int) -> String? { source.text(row, marker) }
  }
}
