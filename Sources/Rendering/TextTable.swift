/// Cells under one another.
///
/// Numbers keep their width; texts are wrapped inside their column where the screen is too
/// narrow, so that nothing is cut off.
struct TextTable {
  struct Column {
    var label: String
    var isAlignedRight: Bool
  }

  private static let gap = "  "
  private static let narrowest = 8

  var columns: [Column]
  var rows: [[String]]
  var hasHeader = true

  /// Whether the table fits a screen without breaking a word or a number.
  func fits(_ width: Int?) -> Bool {
    guard let width else { return true }
    return wordWidths.reduce(0, +) + gaps <= width
  }

  private var gaps: Int { Self.gap.count * Swift.max(0, columns.count - 1) }

  private var naturalWidths: [Int] {
    columns.indices.map { index in
      Swift.max(
        hasHeader ? columns[index].label.columns : 0, rows.map { $0[index].columns }.max() ?? 0)
    }
  }

  func lines(width: Int?) -> [String] {
    let widths = compacted(fitted(to: width))
    var lines: [String] = []
    if hasHeader {
      lines += line(columns.map(\.label), widths)
      lines += line(widths.map { String(repeating: "-", count: $0) }, widths)
    }
    for row in rows { lines += line(row, widths) }
    return lines
  }

  /// The natural widths, capped until the whole fits; words break last and numbers never.
  private func fitted(to width: Int?) -> [Int] {
    let natural = naturalWidths
    guard let width, natural.reduce(0, +) + gaps > width else { return natural }
    let words = wordWidths
    let least = columns.indices.map {
      columns[$0].isAlignedRight ? words[$0] : Swift.min(natural[$0], Self.narrowest)
    }
    return capped(natural, floors: words, room: width - gaps)
      ?? capped(natural, floors: least, room: width - gaps) ?? least
  }

  /// The widths without what wrapped lines leave unused.
  private func compacted(_ widths: [Int]) -> [Int] {
    widths.indices.map { column in
      let cells = rows.map { $0[column] } + (hasHeader ? [columns[column].label] : [])
      return cells.flatMap { $0.wrapped(to: widths[column]) }.map(\.columns).max() ?? 0
    }
  }

  private func capped(_ natural: [Int], floors: [Int], room: Int) -> [Int]? {
    for cap in stride(from: room, to: 0, by: -1) {
      let widths = zip(natural, floors).map { Swift.max($1, Swift.min($0, cap)) }
      if widths.reduce(0, +) <= room { return widths }
    }
    return nil
  }

  /// The widths at which lines only break between words, and only in headings over numbers.
  private var wordWidths: [Int] {
    columns.indices.map { column in
      let cells = rows.map { $0[column] }
      let widest =
        columns[column].isAlignedRight ? cells.map(\.columns) : cells.map(\.longestPiece)
      return Swift.max(widest.max() ?? 0, hasHeader ? columns[column].label.longestPiece : 0)
    }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> [String] {
    let wrapped = zip(cells, widths).map { $0.wrapped(to: $1) }
    return (0..<(wrapped.map(\.count).max() ?? 0)).map { index in
      let pieces = columns.indices.map { column in
        let lines = wrapped[column]
        return (index < lines.count ? lines[index] : "")
          .padded(to: widths[column], alignedRight: columns[column].isAlignedRight)
      }
      return pieces.joined(separator: Self.gap).trimmedAtEnd
    }
  }

  /// The rows as records, one line a field, as psql writes them with `\x`.
  func records(width: Int?) -> [String] {
    let label = columns.map(\.label.columns).max() ?? 0
    let value = rows.joined().map(\.columns).max() ?? 0
    let room = width.map { Swift.max(Self.narrowest, $0 - label - 3) }
    let ruled = Swift.min(value, room ?? value)
    return rows.enumerated().flatMap { number, row in
      [Self.rule(number + 1, label: label, value: ruled)]
        + zip(columns, row).flatMap { column, cell in
          cell.wrapped(to: room).enumerated().map { index, piece in
            (index == 0 ? column.label : "").padded(to: label) + " | " + piece
          }
        }.map(\.trimmedAtEnd)
    }
  }

  private static func rule(_ number: Int, label: Int, value: Int) -> String {
    let head = "-[ RECORD \(number) ]"
    let line =
      String(repeating: "-", count: label + 1) + "+" + String(repeating: "-", count: value + 1)
    return head + line.dropFirst(head.count)
  }
}

extension String {
  var trimmedAtEnd: String {
    guard last == " " else { return self }
    return String(prefix(upTo: lastIndex { $0 != " " }.map(index(after:)) ?? startIndex))
  }
}
