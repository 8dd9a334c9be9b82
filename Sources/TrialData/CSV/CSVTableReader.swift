internal import Dispatch

/// Reads a CSV file: one table, its names on the first line.
///
/// Of a long chunk a second thread reads the latter part, from the end of a line on. That this
/// ended a record is known when the first part is read; where it did not, the latter part is read
/// again behind the first.
struct CSVTableReader: TableReader {
  private let lane: Handed<CSVLane>
  private let problems: ProblemList

  /// A shorter chunk is not worth a second thread.
  private static let leastCutBytes = 1 << 17

  init(file: String, delimiter: UInt8, choice: ColumnChoice, problems: ProblemList) {
    lane = Handed(
      CSVLane(
        reader: CSVReader(delimiter: delimiter),
        builder: SourceTableBuilder(file: file, choice: choice, problems: problems)))
    self.problems = problems
  }

  var builders: [SourceTableBuilder] { [lane.value.builder] }

  mutating func read(_ chunk: ArraySlice<UInt8>) {
    var rest = chunk
    if !lane.value.knowsHeader {
      let end = Self.endOfLine(chunk, from: chunk.startIndex)
      lane.value.read(chunk[..<end])
      rest = chunk[end...]
    }
    let middle = Self.endOfLine(rest, from: rest.startIndex + rest.count / 2)
    guard lane.value.knowsHeader, rest.count >= Self.leastCutBytes, middle < rest.endIndex else {
      return lane.value.read(rest)
    }
    read(rest[..<middle], and: rest[middle...])
  }

  private func read(_ first: ArraySlice<UInt8>, and second: ArraySlice<UInt8>) {
    let beside = Handed(lane.value.beside())
    let parts = [(lane, first), (beside, second)]
    DispatchQueue.concurrentPerform(iterations: 2) { parts[$0].0.value.read(parts[$0].1) }
    lane.value.join(beside.value, rest: second)
  }

  /// Behind the next line feed.
  private static func endOfLine(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
  }

  mutating func finish() {
    lane.value.finish()
    let reader = lane.value.reader
    problems.addUnkept(reader.problemCount - reader.problems.count)
    for problem in reader.problems {
      problems.add(
        ImportProblem(
          file: lane.value.builder.file, line: problem.line,
          column: problem.column.map { "character \($0)" }, finding: .condition(problem.found),
          expected: problem.expected))
    }
  }
}
