/// Collects the records of one file into a table.
struct SourceTableBuilder {
  let file: String
  let problems: ProblemList
  private var header: [String] = []
  private var pool = TextPool()
  private var columns: [[UInt32]] = []
  private var lines: [UInt32] = []
  private var hasDroppedRows = false

  init(file: String, problems: ProblemList) {
    self.file = file
    self.problems = problems
  }

  mutating func add(_ record: CSVRecord) {
    if record.isBlank { return }
    if header.isEmpty {
      readHeader(record)
    } else if record.fieldCount == header.count {
      for index in header.indices { columns[index].append(pool.position(record.field(index))) }
      lines.append(UInt32(clamping: record.line))
    } else {
      hasDroppedRows = true
      problems.add(
        ImportProblem(
          file: file, line: record.line, finding: .condition(Self.fields(record.fieldCount)),
          expected: "\(header.count) as in the header"))
    }
  }

  private mutating func readHeader(_ record: CSVRecord) {
    header = (0..<record.fieldCount).map { SourceTable.trimmed(record.text($0)) }
    columns = header.map { _ in [] }
    var seen: Set<String> = []
    for name in header where !name.isEmpty && !seen.insert(name).inserted {
      problems.add(
        ImportProblem(
          file: file, line: record.line, column: name,
          finding: .condition("two columns of this name"), expected: "each name once"))
    }
  }

  /// Nothing if the file has no header; that, and having no rows, is a problem.
  func table(sha256: String) -> SourceTable? {
    guard !header.isEmpty else {
      problems.add(
        ImportProblem(file: file, finding: .condition("an empty file"), expected: "a header line"))
      return nil
    }
    if lines.isEmpty, !hasDroppedRows {
      problems.add(
        ImportProblem(file: file, finding: .condition("no rows"), expected: "at least one row"))
    }
    return SourceTable(
      file: file, sha256: sha256, header: header, pool: pool, columns: columns, lines: lines,
      hasDroppedRows: hasDroppedRows)
  }

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }
}
