/// Draws a chart with the letters and blocks of a terminal.
struct ChartDrawing {
  private static let usualWidth = 80
  private static let widest = 120
  private static let narrowest = 24
  private static let plotRows = 18

  private let chart: Chart
  private let style: TextStyle
  private let width: Int
  /// Columns of the names of the y axis and of those at the right edge.
  private let left: Int
  private let right: Int
  private var canvas: CellCanvas
  private var sides: [Int: (text: String, ink: Ink)] = [:]

  init(_ chart: Chart, _ style: TextStyle) {
    self.chart = chart
    self.style = style
    width = min(max(style.width ?? Self.usualWidth, Self.narrowest), Self.widest)
    let rowNames = chart.y.ticks.map(\.label) + (chart.counts?.rows.map(\.label) ?? [])
    left = min(rowNames.map(\.columns).max() ?? 0, width / 4)
    let names = chart.sideLabels.map(\.text) + chart.rules.filter { !$0.isVertical }.map(\.label)
    let wanted = names.map(\.columns).max() ?? 0
    // Of five and more some may need an arrow.
    let arrow = (5...8).contains(names.count) ? 2 : 0
    right = wanted == 0 ? 0 : min(wanted + arrow, width * 2 / 5) + 1
    let room = max(width - left - 2 - right, 8)
    let bars = chart.barCount
    canvas = CellCanvas(
      columns: bars <= room ? room / bars * bars : room,
      rows: chart.y.isCategorical ? min(max(chart.y.ticks.count, 1), 500) : Self.plotRows)
    draw()
    placeSides()
  }

  var lines: [String] {
    var lines = chart.title.wrapped(to: width).map { style.emphasized($0, .bold) }
    lines += key
    if !chart.y.title.isEmpty { lines += chart.y.title.wrapped(to: width).map(faint) }
    lines += rules
    lines += (0..<canvas.rows).map(row)
    lines += foot + counts
    if let caption = chart.caption { lines += caption.wrapped(to: width).map(faint) }
    if bandCount > Self.mostBands {
      lines += "\(bandCount) bands are left out on the terminal.".wrapped(to: width).map(faint)
    }
    return lines.map(\.trimmedAtEnd)
  }

  private func faint(_ text: String) -> String { style.emphasized(text, .faint) }

  // MARK: Places

  private func across(_ value: Double) -> Double { chart.x.fraction(value) }
  private func down(_ value: Double) -> Double { 1 - chart.y.fraction(value) }

  private func column(_ value: Double) -> Int { CellCanvas.cell(across(value), of: canvas.columns) }
  private func row(_ value: Double) -> Int { CellCanvas.cell(down(value), of: canvas.rows) }

  // MARK: The plot

  private mutating func draw() {
    if !chart.y.isCategorical, !chart.y.isLogarithmic, chart.y.range.contains(0),
      chart.y.range.lowerBound < 0
    {
      canvas.rule(at: down(0), isVertical: false)
    }
    for rule in chart.rules {
      canvas.rule(
        at: rule.isVertical ? across(rule.value) : down(rule.value), isVertical: rule.isVertical)
    }
    for mark in chart.marks { draw(mark) }
    writeCorners()
    writePointLabels()
  }

  private mutating func draw(_ mark: Chart.Mark) {
    switch mark {
    case .bar(let x, let y, let ink):
      // A row is one line high: its bar fills it.
      let rows =
        chart.y.isCategorical
        ? down(
          (y.lowerBound + y.upperBound) / 2 + 0.5)...down(
            (y.lowerBound + y.upperBound) / 2 - 0.5)
        : down(y.upperBound)...max(down(y.lowerBound), down(y.upperBound))
      canvas.fill(x: columns(of: x), y: rows, ink)
    case .line(let points, let ink, _, let isDashed):
      stroke(points, ink, isDashed: isDashed)
    case .band(let lower, let upper, let ink):
      guard bandCount <= Self.mostBands else { return }
      stroke(lower, ink, isDashed: true)
      stroke(upper, ink, isDashed: true)
    case .point(let point, let symbol, let ink, _, _):
      canvas.write(
        String(symbol.character), column: column(point.x), row: row(point.y), ink)
    case .barLabel(let point, let text, let isBelow):
      let place = column(point.x) - text.columns / 2
      let line = row(point.y) + (isBelow ? 1 : -1)
      let pitch = canvas.columns / max(chart.barCount, 1)
      if pitch > text.columns, canvas.isFree(column: place, row: line, count: text.columns) {
        canvas.write(text, column: place, row: line, .muted)
      }
    }
  }

  private mutating func stroke(_ points: [Chart.Point], _ ink: Ink, isDashed: Bool) {
    for (start, end) in zip(points, points.dropFirst()) {
      canvas.stroke(
        from: (across(start.x), down(start.y)), to: (across(end.x), down(end.y)), ink,
        isDashed: isDashed)
    }
  }

  /// The edges of more bands than this hide the curves they belong to.
  private static let mostBands = 2

  private var bandCount: Int {
    chart.marks.count { if case .band = $0 { true } else { false } }
  }

  /// Where a bar stands; one of several names takes whole columns, with one between where there
  /// are enough.
  private func columns(of x: ClosedRange<Double>) -> ClosedRange<Double> {
    guard chart.x.isCategorical else { return across(x.lowerBound)...across(x.upperBound) }
    let center = (x.lowerBound + x.upperBound) / 2
    let pitch = canvas.columns / max(chart.barCount, 1)
    let gap = pitch >= 3 ? 1 / Double(canvas.columns) : 0
    return across(center - 0.5)...(across(center + 0.5) - gap)
  }

  private mutating func writeCorners() {
    guard chart.corners.count == 4 else { return }
    for (index, corner) in chart.corners.enumerated() {
      let column = index % 2 == 0 ? 1 : canvas.columns - corner.columns - 1
      let rows = (0..<4).map { index < 2 ? $0 : canvas.rows - 1 - $0 }
      let free = rows.first {
        canvas.isFree(column: column, row: $0, count: corner.columns)
      }
      if let free { canvas.write(corner, column: column, row: free, .foreground) }
    }
  }

  private mutating func writePointLabels() {
    for case .point(let point, _, _, _, let label?) in chart.marks where !label.isEmpty {
      let place = column(point.x)
      let line = row(point.y)
      search: for distance in 0...2 {
        for offset in distance == 0 ? [0] : [-distance, distance] {
          for start in [place + 2, place - 1 - label.columns]
          where
            canvas.isFree(column: start - 1, row: line + offset, count: label.columns + 1)
          {
            canvas.write(label, column: start, row: line + offset, .foreground)
            break search
          }
        }
      }
    }
  }

  /// Gives each name at the right edge the nearest free row.
  ///
  /// Of many names those without one near are left out; of a few none is, as nothing else says which
  /// line is whose.
  private mutating func placeSides() {
    let names =
      chart.rules.filter { !$0.isVertical }.map {
        Chart.SideLabel(y: $0.value, text: $0.label, ink: .muted)
      } + chart.sideLabels
    let farthest = names.count <= 8 ? canvas.rows : 3
    for name in names where !name.text.isEmpty {
      let wanted = row(name.y)
      let free = (0..<canvas.rows).filter { sides[$0] == nil }
        .min { abs($0 - wanted) < abs($1 - wanted) }
      guard let free, abs(free - wanted) <= farthest else { continue }
      // Beside another line's end it would be taken for that line's name.
      let arrow = abs(free - wanted) <= 3 ? "" : free < wanted ? "↓ " : "↑ "
      sides[free] = ((arrow + name.text).shortened(to: right - 1), name.ink)
    }
  }

  private func row(_ index: Int) -> String {
    let tick = chart.y.ticks.last { row($0.value) == index }
    let label = (tick?.label ?? "").shortened(to: left).padded(to: left, alignedRight: true)
    let side = sides[index].map { " " + style.painted($0.text, $0.ink) } ?? ""
    return label + (tick == nil ? "│" : "┤") + canvas.line(index, style) + side
  }

  // MARK: Around it

  private var key: [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for entry in chart.key {
      let label = entry.label.shortened(to: width - 2)
      if used > 0, used + label.columns + 4 > width {
        lines.append(line)
        line = ""
        used = 0
      }
      line += (used > 0 ? "  " : "") + style.painted(String(symbol(entry)), entry.ink) + " " + label
      used += label.columns + (used > 0 ? 4 : 2)
    }
    return used > 0 ? lines + [line] : lines
  }

  private func symbol(_ entry: Chart.KeyEntry) -> Character {
    let isBar = chart.marks.contains { if case .bar(_, _, entry.ink) = $0 { true } else { false } }
    guard isBar, entry.symbol == .square else { return entry.symbol.character }
    return style.color == .ansi ? "█" : entry.ink.shade
  }

  /// The names of vertical rules, above the plot.
  private var rules: [String] {
    var lines: [String] = []
    for rule in chart.rules.filter({ $0.isVertical && !$0.label.isEmpty }).sorted(by: {
      $0.value < $1.value
    }) {
      let label = rule.label.shortened(to: canvas.columns)
      let start = min(
        max(column(rule.value) - label.columns / 2, 0), canvas.columns - label.columns)
      let indent = left + 1 + start
      let row = lines.firstIndex { $0.columns < indent } ?? lines.count
      if row == lines.count { lines.append("") }
      lines[row] = lines[row].padded(to: indent) + label
    }
    return lines.map(faint)
  }

  private var foot: [String] {
    var axis = Array(repeating: Character("─"), count: canvas.columns)
    var labels = ""
    let indent = left + 1
    for tick in chart.x.ticks where !tick.label.isEmpty {
      let place = column(tick.value)
      if !chart.x.isCategorical { axis[place] = "┬" }
      let start = max(indent + place - tick.label.columns / 2, 0)
      guard start >= labels.columns + (labels.isEmpty ? 0 : 1), start + tick.label.columns <= width
      else { continue }
      labels = labels.padded(to: start) + tick.label
    }
    let isCrowded =
      chart.x.isCategorical
      && chart.x.ticks.contains { $0.label.columns >= canvas.columns / max(chart.x.ticks.count, 1) }
    var lines = [String(repeating: " ", count: left) + "└" + String(axis)]
    if !labels.isEmpty, !isCrowded { lines.append(labels) }
    if !chart.x.title.isEmpty {
      let title = chart.x.title.shortened(to: width)
      let start = max(0, indent + (canvas.columns - title.columns) / 2)
      lines.append(faint(String(repeating: " ", count: min(start, width - title.columns)) + title))
    }
    return lines
  }

  /// The rows below the axis, each number under its place.
  private var counts: [String] {
    guard let counts = chart.counts else { return [] }
    return [faint(counts.title.shortened(to: width))]
      + counts.rows.map { row in
        var line = row.label.shortened(to: left).padded(to: left, alignedRight: true)
        for (value, text) in zip(counts.places, row.texts) {
          let start = max(left + 1 + column(value) - text.columns / 2, left + 1)
          guard start > line.columns || line.columns == left, start + text.columns <= width else {
            continue
          }
          line = line.padded(to: start) + text
        }
        return line
      }
  }
}

extension String {
  /// The text in at most some columns, cut with an ellipsis.
  func shortened(to width: Int) -> String {
    guard columns > width else { return self }
    var kept = ""
    var used = 0
    for character in self {
      guard used + character.columns < width else { break }
      kept.append(character)
      used += character.columns
    }
    return width > 0 ? kept + "…" : ""
  }
}
