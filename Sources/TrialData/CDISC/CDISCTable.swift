/// A source table as rows of an SDTM domain or an ADaM data set.
struct CDISCTable {
  let domain: CDISCDomain
  let source: SourceTable
  private let stage: Stage
  private let subjectColumn: Int
  private let evaluatorColumn: Int?
  private let readerColumn: Int?
  private let visitColumn: Int?

  /// Nothing without `USUBJID`, which the domain was recognized by.
  init?(_ domain: CDISCDomain, _ source: SourceTable, stage: Stage) {
    guard let subjectColumn = source.column("USUBJID") else { return nil }
    self.domain = domain
    self.source = source
    self.stage = stage
    self.subjectColumn = subjectColumn
    evaluatorColumn = source.column("\(domain.evaluatorPrefix)EVAL")
    readerColumn = source.column("\(domain.evaluatorPrefix)EVALID")
    visitColumn = source.column(anyOf: domain.visitColumns)
  }

  /// A column by its name without the domain's prefix.
  func column(_ suffix: String) -> Int? { source.column("\(domain.prefix)\(suffix)") }

  /// The columns, or nothing after recording which are missing.
  func columns(_ suffixes: [String]) -> [Int]? {
    let missing = suffixes.filter { column($0) == nil }
    for suffix in missing {
      stage.problems.add(
        source.problemInHeader(
          "\(domain.prefix)\(suffix)", .condition("no such column"),
          expected: "it among \(CellConverter.list(source.header))"))
    }
    return missing.isEmpty ? suffixes.compactMap(column) : nil
  }

  /// A converter of a column by its whole name, if there is such a column.
  func converter(
    _ names: [String], _ kind: ColumnKind, _ mapping: ValueMapping = ValueMapping()
  ) -> CellConverter? {
    source.column(anyOf: names).map {
      CellConverter(source, column: $0, kind: kind, mapping: mapping, stage: stage)
    }
  }

  func place(_ row: Int) -> StagedTable.Place {
    .init(file: stage.file(source.file), line: source.lines[row])
  }

  /// Nothing after recording that it is missing.
  func subject(_ row: Int) -> Int64? {
    guard let name = source.text(row, subjectColumn) else {
      stage.problems.add(source.problem(row, subjectColumn, .missing, expected: "a subject"))
      return nil
    }
    return stage.names.cell(name)
  }

  /// The reader if one is named (RADIOLOGIST 1), else their role (INVESTIGATOR).
  func evaluator(_ row: Int) -> Int64 {
    cell(source.text(row, readerColumn) ?? source.text(row, evaluatorColumn))
  }

  func visit(_ row: Int) -> Int64 { cell(source.text(row, visitColumn)) }

  func cell(_ text: String?) -> Int64 { text.map(stage.names.cell) ?? Cell.missing }
}

extension SourceTable {
  func problemInHeader(
    _ column: String, _ finding: ImportProblem.Finding, expected: String
  ) -> ImportProblem {
    ImportProblem(file: file, line: 1, column: column, finding: finding, expected: expected)
  }
}
