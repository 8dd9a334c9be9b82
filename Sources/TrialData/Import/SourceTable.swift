/// A source file as read: a header and columns of texts.
final class SourceTable {
  /// What problems call it: the file, with the member where a file has several.
  let file: String
  /// The name of the table itself, in lower case.
  let stem: String
  let source: ImportReport.Source
  let header: [String]
  /// The positions of the columns that are stored.
  private let kept: [Int]
  /// Of each column its place among those.
  private let places: [Int]
  let pool: TextTable
  /// Row by row, positions in ``pool``.
  private let cells: [UInt32]
  let lines: [UInt32]
  /// Whether lines were refused, so that what they say is not known.
  let hasDroppedRows: Bool

  init(
    file: String, stem: String, source: ImportReport.Source, header: [String], kept: [Int],
    pool: TextTable, cells: [UInt32], lines: [UInt32], hasDroppedRows: Bool
  ) {
    self.file = file
    self.stem = stem
    self.source = source
    self.header = header
    self.kept = kept
    places = header.indices.map { kept.firstIndex(of: $0) ?? kept.count }
    self.pool = pool
    self.cells = cells
    self.lines = lines
    self.hasDroppedRows = hasDroppedRows
  }

  var rowCount: Int { lines.count }

  func column(_ name: String) -> Int? {
    guard let index = header.firstIndex(of: name) else { return nil }
    assert(kept.contains(index), "\(name) is asked for: ColumnChoice must keep it")
    return kept.contains(index) ? index : nil
  }

  /// The first of the named columns there is.
  func column(anyOf names: [String]) -> Int? { names.lazy.compactMap { self.column($0) }.first }

  /// The position in ``pool`` of a row's text.
  func position(_ row: Int, _ column: Int) -> Int {
    Int(cells[row * kept.count + places[column]])
  }

  /// A column as cells, each made of the row's position in ``pool``, or nothing where one is not.
  func cells(of column: Int, _ cell: (_ position: Int, _ row: Int) -> Int64?) -> [Int64]? {
    // The empty array is one for all threads, and making one writes into it.
    guard rowCount > 0 else { return [] }
    let (width, place) = (kept.count, places[column])
    var isWhole = true
    let made = unsafe [Int64](unsafeUninitializedCapacity: rowCount) { made, count in
      unsafe cells.withUnsafeBufferPointer { cells in
        while count < rowCount, isWhole {
          guard let next = cell(Int(unsafe cells[count * width + place]), count) else {
            isWhole = false
            return
          }
          unsafe made.initializeElement(at: count, to: next)
          count += 1
        }
      }
    }
    return isWhole ? made : nil
  }

  /// A text without outer spaces, or nothing where it is blank or says NA.
  func text(_ row: Int, _ column: Int) -> String? {
    Self.present(pool.texts[position(row, column)])
  }

  func text(_ row: Int, _ column: Int?) -> String? { column.flatMap { text(row, $0) } }

  static func present(_ raw: String) -> String? {
    let text = trimmed(raw)
    return text.isEmpty || text == "NA" ? nil : text
  }

  static func trimmed(_ raw: String) -> String {
    let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard let first = raw.utf8.first, let last = raw.utf8.last,
      spaces.contains(first) || spaces.contains(last)
    else { return raw }
    let start = raw.utf8.firstIndex { !spaces.contains($0) } ?? raw.endIndex
    let end = raw.utf8.lastIndex { !spaces.contains($0) }.map { raw.utf8.index(after: $0) }
    return String(raw[start..<(end ?? start)])
  }

  func problem(
    _ row: Int?, _ column: Int?, _ finding: ImportProblem.Finding, expected: String
  ) -> ImportProblem {
    ImportProblem(
      file: file, line: row.map { Int(lines[$0]) }, column: column.map { header[$0] },
      finding: finding, expected: expected)
  }
}
