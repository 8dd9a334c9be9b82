/// Puts a chart on a page.
struct PageLayout {
  static let width = 800.0
  private static let plotHeight = 330.0
  private static let rowHeight = 24.0
  /// What names of rows and labels at the edge may take.
  private static let widestLabel = 230.0
  private static let ruleRow = 14.0

  let chart: Chart
  var page: Page
  /// Where the data are.
  var plot: Page.Area
  /// Where nothing else may be written.
  var taken: [Page.Area] = []

  init(_ chart: Chart) {
    self.chart = chart
    page = Page(width: Self.width, height: 0)
    plot = Page.Area(x: 0, y: 0, width: 0, height: 0)
    let top = writeHead()
    let left =
      Page.margin
      + max(Self.labelWidth(chart.y.ticks.map(\.label)), Self.countsWidth(chart.counts)) + 8
    let sides =
      (chart.sideLabels.map(\.text)
      + chart.rules.filter { !$0.isVertical }.map(\.label)).filter { !$0.isEmpty }
    let right = sides.isEmpty ? Page.margin : Self.labelWidth(sides) + Page.margin + 16
    plot = Page.Area(
      x: left, y: top, width: Self.width - left - right, height: Self.height(of: chart))
    let rows = writeRules()
    plot.y += rows
    draw()
    page.height = writeFoot()
  }

  private static func height(of chart: Chart) -> Double {
    chart.y.isCategorical
      ? min(max(120, Double(chart.y.ticks.count) * rowHeight), 2_000) : plotHeight
  }

  private static func labelWidth(_ labels: [String]) -> Double {
    min(labels.map { TextWidth.of($0, size: Page.smallText) }.max() ?? 0, widestLabel)
  }

  func place(_ point: Chart.Point) -> Page.Place {
    Page.Place(
      x: plot.x + chart.x.fraction(point.x) * plot.width,
      y: plot.y + (1 - chart.y.fraction(point.y)) * plot.height)
  }

  mutating func write(_ text: Page.Text) {
    page.texts.append(text)
    if !text.isVertical { taken.append(text.area) }
  }

  func cut(_ text: String) -> String {
    TextWidth.cut(text, to: Self.widestLabel, size: Page.smallText)
  }

  // MARK: Head

  /// Title, key and the name of the y axis; answers where the plot begins.
  private mutating func writeHead() -> Double {
    var y = Page.margin + 8
    let room = Self.width - 2 * Page.margin
    for line in TextWidth.wrap(chart.title, to: room, size: Page.titleText) {
      write(
        Page.Text(
          place: .init(x: Page.margin, y: y), text: line, size: Page.titleText, isBold: true))
      y += Page.titleText * 1.35
    }
    y = writeKey(at: y + 3)
    guard !chart.y.title.isEmpty else { return y + 6 }
    write(
      Page.Text(
        place: .init(x: Page.margin, y: y + 4), text: chart.y.title, ink: .muted))
    return y + 20
  }

  private mutating func writeKey(at top: Double) -> Double {
    guard !chart.key.isEmpty else { return top }
    var place = Page.Place(x: Page.margin + 5, y: top)
    for entry in chart.key {
      let label = cut(entry.label)
      let width = 12 + TextWidth.of(label, size: Page.text) + 18
      if place.x + width > Self.width, place.x > Page.margin + 5 {
        place = Page.Place(x: Page.margin + 5, y: place.y + 18)
      }
      let isArrow = entry.symbol == .arrow
      add(
        entry.symbol, at: .init(x: place.x - (isArrow ? 6 : 0), y: place.y), entry.ink, size: 1.1)
      write(
        Page.Text(place: .init(x: place.x + 12, y: place.y), text: label, size: Page.text))
      place.x += width
    }
    return place.y + 18
  }

  mutating func add(_ symbol: Symbol, at place: Page.Place, _ ink: Ink, size: Double) {
    guard symbol == .arrow else {
      return page.dots.append(Page.Dot(place: place, symbol: symbol, ink: ink, size: size))
    }
    page.texts.append(
      Page.Text(
        place: place, text: String(symbol.character), size: 15, ink: ink, anchor: .start))
  }

  /// The names of the vertical rules, in rows above the plot; answers the height of the rows.
  private mutating func writeRules() -> Double {
    var ends: [Double] = []
    var texts: [Page.Text] = []
    let named = chart.rules.filter { $0.isVertical && !$0.label.isEmpty }
    for rule in named.sorted(by: { $0.value < $1.value }) {
      let label = cut(rule.label)
      let half = TextWidth.of(label, size: Page.smallText) / 2
      let x = min(
        max(plot.x + chart.x.fraction(rule.value) * plot.width, Page.margin + half),
        Self.width - Page.margin - half)
      let row = ends.firstIndex { $0 < x - half - 8 } ?? ends.count
      if row == ends.count { ends.append(0) }
      ends[row] = x + half
      texts.append(
        Page.Text(
          place: .init(x: x, y: plot.y + Double(row) * Self.ruleRow), text: label, ink: .muted,
          anchor: .middle))
    }
    texts.forEach { write($0) }
    return Double(ends.count) * Self.ruleRow
  }

  // MARK: Foot

  /// Tick labels, the name of the x axis and the caption; answers where the page ends.
  private mutating func writeFoot() -> Double {
    var y = plot.y + plot.height
    y = writeTicks(below: y)
    if !chart.x.title.isEmpty {
      write(
        Page.Text(
          place: .init(x: plot.x + plot.width / 2, y: y + 8), text: chart.x.title, ink: .muted,
          anchor: .middle))
      y += 18
    }
    y = writeCounts(below: y)
    let room = Self.width - 2 * Page.margin
    for line in TextWidth.wrap(chart.caption ?? "", to: room, size: Page.smallText) {
      write(Page.Text(place: .init(x: Page.margin, y: y + 12), text: line, ink: .muted))
      y += Page.smallText * 1.4
    }
    return (y + Page.margin).rounded(.up)
  }

  private mutating func writeTicks(below y: Double) -> Double {
    let ticks = chart.x.ticks.filter { !$0.label.isEmpty }
    guard !ticks.isEmpty else { return y + 6 }
    let widest = ticks.map { TextWidth.of($0.label, size: Page.smallText) }.max() ?? 0
    let pitch = plot.width / Double(max(ticks.count, 1))
    if chart.x.isCategorical, widest + 6 > pitch {
      for tick in ticks {
        let x = place(Chart.Point(tick.value, 0)).x
        let size = min(Page.smallText, max(6, pitch * 0.85))
        page.texts.append(
          Page.Text(
            place: .init(x: x, y: y + 6), text: TextWidth.cut(tick.label, to: 120, size: size),
            size: size, ink: .muted, anchor: .end, isVertical: true))
      }
      return y + min(widest, 120) + 12
    }
    var end = -Double.infinity
    for tick in ticks {
      let text = Page.Text(
        place: .init(x: place(Chart.Point(tick.value, 0)).x, y: y + 12), text: tick.label,
        ink: .muted, anchor: .middle)
      guard text.area.x > end + 4 else { continue }
      end = text.area.x + text.area.width
      write(text)
    }
    return y + 22
  }
}

extension Page {
  /// A chart at its usual size.
  package init(_ chart: Chart) { self = PageLayout(chart).page }
}
