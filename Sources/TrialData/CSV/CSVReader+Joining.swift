extension CSVReader {
  /// Where the next record begins, from 1.
  var lineNumber: Int { line }

  /// A reader for what comes behind a record this one has yet to read.
  ///
  /// Lines are counted from 1, and there is no byte-order mark.
  func beside() -> CSVReader {
    var reader = CSVReader(delimiter: delimiter)
    reader.markBytes = nil
    return reader
  }

  /// Goes on where another has come to, which began where this one is: between records.
  mutating func goOn(where other: CSVReader) {
    let before = line - 1
    problemCount += other.problemCount
    for problem in other.problems.prefix(Self.keptProblems - problems.count) {
      problems.append(
        CSVProblem(kind: problem.kind, line: problem.line + before, column: problem.column))
    }
    let (count, kept) = (problemCount, problems)
    self = other
    (problemCount, problems) = (count, kept)
    line += before
    recordLine += before
    quotePlace.line += before
  }
}
