/// Reads a CSV file: one table, its names on the first line.
struct CSVTableReader: TableReader {
  private var reader: CSVReader
  private var builder: SourceTableBuilder
  private let problems: ProblemList

  init(file: String, delimiter: UInt8, choice: ColumnChoice, problems: ProblemList) {
    reader = CSVReader(delimiter: delimiter)
    builder = SourceTableBuilder(file: file, choice: choice, problems: problems)
    self.problems = problems
  }

  var builders: [SourceTableBuilder] { [builder] }

  mutating func read(_ chunk: ArraySlice<UInt8>) {
    reader.read(chunk.span) { builder.add($0) }
  }

  mutating func finish() {
    reader.finish { builder.add($0) }
    problems.addUnkept(reader.problemCount - reader.problems.count)
    for problem in reader.problems {
      problems.add(
        ImportProblem(
          file: builder.file, line: problem.line,
          column: problem.column.map { "character \($0)" }, finding: .condition(problem.found),
          expected: problem.expected))
    }
  }
}

extension SourceTableBuilder {
  fileprivate mutating func add(_ record: CSVRecord) {
    if record.isBlank { return }
    if header.isEmpty {
      begin(
        header: (0..<record.fieldCount).map { SourceTable.trimmed(record.text($0)) },
        line: record.line)
    } else if accepts(fieldCount: record.fieldCount, line: record.line) {
      for index in kept { add(record.field(index), to: index) }
      endRow(record.line)
    }
  }
}
