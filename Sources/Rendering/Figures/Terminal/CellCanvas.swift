/// A grid of terminal cells, finer inside than a letter: blocks in quarters, lines in eighths.
struct CellCanvas {
  let columns: Int
  let rows: Int

  private struct Cell {
    /// Quarters that are filled: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
    var quarters: UInt8 = 0
    var fill = Ink.foreground
    /// Dots of the braille pattern.
    var dots: UInt8 = 0
    var stroke = Ink.foreground
    /// What shows where nothing is drawn.
    var ground: Character = " "
    var letter: Character?
    var letterInk = Ink.foreground
  }

  private var cells: [Cell]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Cell(), count: columns * rows)
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    (0..<columns).contains(column) && (0..<rows).contains(row)
  }

  // MARK: Drawing; places are fractions of the canvas from its upper left corner

  mutating func rule(at fraction: Double, isVertical: Bool) {
    let size = isVertical ? columns : rows
    let index = Self.cell(fraction, of: size)
    for other in 0..<(isVertical ? rows : columns) {
      let place = isVertical ? other * columns + index : index * columns + other
      cells[place].ground = isVertical ? "┆" : "╌"
    }
  }

  static func cell(_ fraction: Double, of size: Int) -> Int {
    guard fraction.isFinite else { return 0 }
    return min(max(Int((fraction * Double(size)).rounded(.down)), 0), size - 1)
  }

  /// Fills from fraction to fraction; what would vanish is at least a quarter of a cell.
  mutating func fill(x: ClosedRange<Double>, y: ClosedRange<Double>, _ ink: Ink) {
    let across = Self.span(x, of: columns * 2)
    let down = Self.span(y, of: rows * 2)
    for halfRow in down {
      for halfColumn in across {
        let place = halfRow / 2 * columns + halfColumn / 2
        cells[place].quarters |= 1 << UInt8(halfRow % 2 * 2 + halfColumn % 2)
        cells[place].fill = ink
      }
    }
  }

  private static func span(_ range: ClosedRange<Double>, of size: Int) -> Range<Int> {
    let first = min(max((range.lowerBound * Double(size)).rounded(), 0), Double(size - 1))
    let last = min(max((range.upperBound * Double(size)).rounded(), first + 1), Double(size))
    return Int(first)..<Int(last)
  }

  /// A straight line between two fractions.
  mutating func stroke(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ ink: Ink, isDashed: Bool
  ) {
    let across = Double(columns * 2 - 1)
    let down = Double(rows * 4 - 1)
    let steps = max(
      1, Int(max(abs(end.x - start.x) * across, abs(end.y - start.y) * down).rounded(.up)))
    guard steps < 100_000 else { return }
    for step in 0...steps where !isDashed || step % 4 < 2 {
      let share = Double(step) / Double(steps)
      dot(
        Int(((start.x + share * (end.x - start.x)) * across).rounded()),
        Int(((start.y + share * (end.y - start.y)) * down).rounded()), ink)
    }
  }

  /// Bits of the braille pattern by row and column within a cell.
  private static let braille: [[UInt8]] = [[1, 8], [2, 16], [4, 32], [64, 128]]

  private mutating func dot(_ x: Int, _ y: Int, _ ink: Ink) {
    guard x >= 0, y >= 0, contains(x / 2, y / 4) else { return }
    let place = y / 4 * columns + x / 2
    cells[place].dots |= Self.braille[y % 4][x % 2]
    cells[place].stroke = ink
  }

  mutating func write(_ text: String, column: Int, row: Int, _ ink: Ink) {
    var column = column
    for character in text where character.columns > 0 {
      let end = column + character.columns
      if contains(column, row), contains(end - 1, row) {
        for place in column..<end {
          cells[row * columns + place].letter = place == column ? character : Self.covered
          cells[row * columns + place].letterInk = ink
        }
      }
      column = end
    }
  }

  /// Stands in the second cell of a wide letter.
  private static let covered: Character = "\u{0}"

  /// Whether nothing but ground is in the cells.
  func isFree(column: Int, row: Int, count: Int) -> Bool {
    (column..<(column + count)).allSatisfy { column in
      guard contains(column, row) else { return false }
      let cell = cells[row * columns + column]
      return cell.letter == nil && cell.quarters == 0 && cell.dots == 0
    }
  }

  // MARK: Text

  /// One row, with runs of one ink painted together.
  func line(_ row: Int, _ style: TextStyle) -> String {
    var line = ""
    var run = ""
    var ink: Ink?
    for column in 0..<columns {
      let (character, next) = shown(cells[row * columns + column], style.color == .ansi)
      if next != ink {
        line += style.painted(run, ink)
        run = ""
        ink = next
      }
      if character != Self.covered { run.append(character) }
    }
    return line + style.painted(run, ink)
  }

  private static let quarterBlocks: [Character] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]

  private func shown(_ cell: Cell, _ isColored: Bool) -> (Character, Ink?) {
    if let letter = cell.letter { return (letter, cell.letterInk) }
    if cell.quarters == 15, !isColored { return (cell.fill.shade, nil) }
    if cell.quarters > 0 { return (Self.quarterBlocks[Int(cell.quarters)], cell.fill) }
    if cell.dots > 0, let scalar = Unicode.Scalar(0x2800 + UInt32(cell.dots)) {
      return (Character(scalar), cell.stroke)
    }
    return (cell.ground, cell.ground == " " ? nil : .muted)
  }
}

extension Ink {
  /// How a filled cell looks without colors.
  var shade: Character {
    guard case .color(let index) = self else { return "█" }
    return ["█", "▒", "▓", "░"][index % 4]
  }

  /// The nearest of a terminal's 256 colors that can be read on black and on white.
  var terminalColor: Int? {
    guard case .color(let index) = self else { return nil }
    return [32, 172, 36, 166, 175, 74, 178, 245][index % Ink.count]
  }
}

extension TextStyle {
  /// A text in an ink, where colors are allowed.
  func painted(_ text: String, _ ink: Ink?) -> String {
    guard color == .ansi, let ink, !text.isEmpty else { return text }
    if let number = ink.terminalColor { return "\u{1B}[38;5;\(number)m\(text)\u{1B}[0m" }
    return ink == .foreground ? text : emphasized(text, .faint)
  }
}
