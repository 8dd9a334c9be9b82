extension PageLayout {
  private static let countRow = 15.0
  /// What the names of the rows may take.
  private static let widestName = 150.0
  private static let stroke = 10.0

  /// What the names of the rows take left of the plot, and half of the first number.
  static func countsWidth(_ counts: ChartCounts?) -> Double {
    guard let counts else { return 0 }
    let names = counts.rows.map { TextWidth.of($0.label, size: Page.smallText) }.max() ?? 0
    return min(names, widestName) + stroke + 6 + halfFirst(counts)
  }

  private static func halfFirst(_ counts: ChartCounts) -> Double {
    (counts.rows.compactMap { $0.texts.first.map { TextWidth.of($0, size: Page.smallText) } }.max()
      ?? 0) / 2
  }

  /// The rows below the axis; answers where they end.
  mutating func writeCounts(below y: Double) -> Double {
    guard let counts = chart.counts else { return y }
    var y = y + 12
    write(Page.Text(place: .init(x: Page.margin, y: y), text: counts.title, ink: .muted))
    for row in counts.rows {
      y += Self.countRow
      let end = plot.x - Self.halfFirst(counts) - 8
      let label = TextWidth.cut(row.label, to: Self.widestName, size: Page.smallText)
      let text = Page.Text(place: .init(x: end, y: y), text: label, anchor: .end)
      if case .color = row.ink {
        let start = text.area.x - Self.stroke - 4
        page.lines.append(
          Page.Line(
            places: [.init(x: start, y: y), .init(x: start + Self.stroke, y: y)], ink: row.ink,
            width: 2.5))
      }
      write(text)
      writeNumbers(row, at: counts.places, y)
    }
    return y + 8
  }

  /// One that would touch the last is left out.
  private mutating func writeNumbers(_ row: ChartCounts.Row, at places: [Double], _ y: Double) {
    var end = -Double.infinity
    for (value, number) in zip(places, row.texts) {
      let x = place(Chart.Point(value, chart.y.range.lowerBound)).x
      let text = Page.Text(place: .init(x: x, y: y), text: number, anchor: .middle)
      guard text.area.x > end + 4 else { continue }
      end = text.area.x + text.area.width
      write(text)
    }
  }
}
