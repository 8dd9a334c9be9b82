internal import Dispatch
internal import RECIST
internal import Synchronization

/// Reads the lines of one file as rows of one table, by a mapping.
///
/// A file in our own schema is read the same way, by the mapping of each column to itself.
struct RowReader {
  private enum Source {
    case absent
    case constant(Int64)
    case column(CellConverter)
    case change(CellConverter, BaselineSizes, match: Int)
  }

  private let mapping: RowMapping
  private let source: SourceTable
  private let stage: Stage
  private let sources: [Source]
  /// Positions of the columns that may not be missing.
  private let required: [Int]

  /// Nothing if the mapping does not fit the file; why is among the problems then.
  init?(
    _ mapping: RowMapping, named name: String, source: SourceTable, files: [String: SourceTable],
    stage: Stage
  ) {
    let binder = ColumnBinder(mapping, named: name, source: source, files: files, stage: stage)
    let before = stage.problems.count
    let columns = mapping.table.columns
    required = columns.indices.filter { columns[$0].isRequired }
    self.mapping = mapping
    self.source = source
    self.stage = stage
    sources = columns.map { column in
      switch binder.bind(column) {
      case .absent: .absent
      case .constant(let cell): .constant(cell)
      case .column(let converter): .column(converter)
      case .change(let converter, let sizes, let match): .change(converter, sizes, match: match)
      }
    }
    binder.checkNames()
    if stage.problems.count > before { return nil }
  }

  func read() {
    let staged = stage.table(mapping.table)
    let file = stage.file(source.file)
    if let columns = wholeColumns() {
      return staged.append(columns: columns, file: file, lines: source.lines)
    }
    let skipped = Set(mapping.skipMissing.compactMap(mapping.table.position(of:)))
    var skippedRows = 0
    for row in 0..<source.rowCount {
      let place = StagedTable.Place(file: file, line: source.lines[row])
      let (cells, refused) = cells(row)
      if !refused.isEmpty {
        refuse(cells, refused, place)
      } else if skipped.contains(where: { cells[$0] == Cell.missing }) {
        skippedRows += 1
      } else if isComplete(cells, row) {
        staged.append(cells, place)
      } else {
        refuse(cells, required.filter { cells[$0] == Cell.missing }, place)
      }
    }
    if skippedRows > 0 {
      stage.note(
        "\(source.file): \(skippedRows) lines without \(mapping.skipMissing.joined(separator: ", "))"
          + " gave no row of \(mapping.table.rawValue)")
    }
  }

  /// Every column at once, if nothing is to be said of any row.
  private func wholeColumns() -> [[Int64]]? {
    guard mapping.skipMissing.isEmpty else { return nil }
    // Threads share no converter, and what all converters share is a pool that locks itself.
    let reader = Handed(self)
    let columns = Mutex([[Int64]?](repeating: nil, count: sources.count))
    DispatchQueue.concurrentPerform(iterations: sources.count) { index in
      let cells = reader.value.wholeColumn(index)
      columns.withLock { $0[index] = cells }
    }
    let whole = columns.withLock { $0.compactMap(\.self) }
    return whole.count == sources.count ? whole : nil
  }

  private func wholeColumn(_ index: Int) -> [Int64]? {
    let cells: [Int64]? =
      switch sources[index] {
      case .absent: Array(repeating: Cell.missing, count: source.rowCount)
      case .constant(let cell): Array(repeating: cell, count: source.rowCount)
      case .column(let converter): converter.yieldsDates ? nil : converter.allCells()
      case .change: nil
      }
    guard let cells, !required.contains(index) || !cells.contains(Cell.missing) else { return nil }
    return cells
  }

  /// Remembers a row whose key is known although some of its values are refused.
  private func refuse(_ cells: [Int64], _ refused: [Int], _ place: StagedTable.Place) {
    guard mapping.table.key.allSatisfy({ !refused.contains($0) }) else { return }
    stage.refuse(cells, of: mapping.table, at: place)
  }

  /// Cells of a row, and the columns that were refused, which are missing in it.
  private func cells(_ row: Int) -> (cells: [Int64], refused: [Int]) {
    var cells: [Int64] = []
    cells.reserveCapacity(sources.count)
    var refused: [Int] = []
    for source in sources {
      let cell: Int64? =
        switch source {
        case .absent: Cell.missing
        case .constant(let cell): cell
        case .column(let converter):
          converter.yieldsDates ? day(converter, row, subject: cells[0]) : converter.cell(row)
        case .change(let converter, let sizes, let match):
          size(converter, sizes, row, match)
        }
      if cell == nil { refused.append(cells.count) }
      cells.append(cell ?? Cell.missing)
    }
    return (cells, refused)
  }

  private func day(_ converter: CellConverter, _ row: Int, subject: Int64) -> Int64? {
    guard let ordinal = converter.cell(row) else { return nil }
    if ordinal == Cell.missing { return ordinal }
    guard let origin = stage.origins[subject] else {
      stage.problems.add(
        source.problem(
          row, converter.column, .value(source.text(row, converter.column) ?? ""),
          expected: "a subject whose date of day 0 is known"))
      return nil
    }
    return ordinal - Int64(origin)
  }

  /// A size from a percent change.
  private func size(
    _ converter: CellConverter, _ sizes: BaselineSizes, _ row: Int, _ match: Int
  ) -> Int64? {
    guard let change = converter.cell(row) else { return nil }
    if change == Cell.missing { return change }
    guard let subject = source.text(row, match), let size = sizes.byMatch[subject] else {
      stage.problems.add(
        source.problem(
          row, match, .value(source.text(row, match) ?? ""),
          expected: "a row with a size in \(sizes.file)"))
      return nil
    }
    guard let length = Millimeters(rounding: size * (100 + Cell.number(change)) / 100) else {
      stage.problems.add(
        source.problem(
          row, converter.column, .value(source.text(row, converter.column) ?? ""),
          expected: "a percent change of at least -100"))
      return nil
    }
    return Cell.real(length.value)
  }

  /// Whether every required value is there; records those that are not.
  private func isComplete(_ cells: [Int64], _ row: Int) -> Bool {
    var isComplete = true
    for index in required where cells[index] == Cell.missing {
      isComplete = false
      let column = mapping.table.columns[index]
      stage.problems.add(
        ImportProblem(
          file: source.file, line: Int(source.lines[row]), column: sourceName(index) ?? column.name,
          finding: .missing, expected: column.kind.expectation))
    }
    return isComplete
  }

  private func sourceName(_ index: Int) -> String? {
    switch sources[index] {
    case .column(let converter), .change(let converter, _, _): source.header[converter.column]
    case .absent, .constant: nil
    }
  }
}
