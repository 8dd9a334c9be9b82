/// A file in our own schema.
struct SchemaFile {
  private let source: SourceTable
  private let table: TrialTable

  init(_ source: SourceTable, table: TrialTable) {
    self.source = source
    self.table = table
  }

  /// The table a file fills: the one it is named after, or the one its header fits.
  static func table(of source: SourceTable, problems: ProblemList) -> TrialTable? {
    if let table = TrialTable(rawValue: source.stem) { return table }
    let fitting = TrialTable.allCases.filter { SchemaFile(source, table: $0).missing.isEmpty }
    let best = fitting.map { SchemaFile(source, table: $0).present.count }.max() ?? 0
    let candidates = fitting.filter { SchemaFile(source, table: $0).present.count == best }
    if candidates.count == 1 { return candidates[0] }
    let tables = TrialTable.allCases.map(\.rawValue).joined(separator: ", ")
    problems.add(
      ImportProblem(
        file: source.file,
        finding: .condition("columns \(CellConverter.list(source.header))"),
        expected:
          "a file named after a table (\(tables)), a CDISC domain (DM, EX, TU, TR, RS, LB, ADSL, ADTTE…), "
          + "or a file the mapping names"))
    return nil
  }

  /// Header names that are columns of the table; `date` stands for `day`.
  private var present: [String] {
    table.columns.map(\.name).filter { source.column($0) != nil || ($0 == "day" && usesDates) }
  }

  private var missing: [String] {
    let present = present
    return table.columns.filter(\.isRequired).map(\.name).filter { !present.contains($0) }
  }

  private var usesDates: Bool { source.column("day") == nil && source.column("date") != nil }

  /// Each column from itself.
  var mapping: RowMapping? {
    guard missing.isEmpty else { return nil }
    let columns = present.map { name in
      name == "day" && usesDates
        ? (name, ValueMapping(column: "date", unit: .date)) : (name, ValueMapping(column: name))
    }
    return RowMapping(
      file: source.file, table: table, columns: Dictionary(uniqueKeysWithValues: columns))
  }

  /// Records missing columns, and names that are a slip of the pen from one; notes the others.
  func checkHeader(_ stage: Stage) {
    for name in missing {
      stage.problems.add(
        ImportProblem(
          file: source.file, line: 1, column: name, finding: .condition("no such column"),
          expected: "it among \(CellConverter.list(source.header))"))
    }
    let known = table.columns.map(\.name)
    let absent = known.filter { !present.contains($0) }
    let others = source.header.filter { !known.contains($0) && !(usesDates && $0 == "date") }
    for name in others {
      guard let meant = absent.first(where: { isSlip(name, of: $0) }) else { continue }
      stage.problems.add(
        ImportProblem(
          file: source.file, line: 1, column: name, finding: .condition("an unknown column"),
          expected: "\(meant), or a name that is less like it"))
    }
    if !others.isEmpty {
      stage.note(
        "\(source.file): columns not in the schema were left out: "
          + CellConverter.list(others))
    }
  }

  /// Whether the names differ in letter case, separators or at most two letters.
  private func isSlip(_ name: String, of column: String) -> Bool {
    let left = Array(name.lowercased().filter { $0.isLetter || $0.isNumber })
    let right = Array(column.filter { $0 != "_" })
    return right.count > 4 ? distance(left, right) <= 2 : left == right
  }

  /// Edits between two names (Levenshtein).
  private func distance(_ left: [Character], _ right: [Character]) -> Int {
    if abs(left.count - right.count) > 2 { return 3 }
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let substituted = diagonal + (right[column] == letter ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
