extension PageLayout {
  /// Grid, rules, marks and the names at the right edge.
  mutating func draw() {
    drawGrid()
    for rule in chart.rules { draw(rule) }
    for mark in chart.marks { draw(mark) }
    writeCorners()
    writeSides()
    writePointLabels()
  }

  private mutating func drawGrid() {
    let right = plot.x + plot.width
    let bottom = plot.y + plot.height
    for tick in chart.y.ticks {
      let y = place(Chart.Point(chart.x.range.lowerBound, tick.value)).y
      if !chart.y.isCategorical {
        page.grid.append(
          Page.Line(places: [.init(x: plot.x, y: y), .init(x: right, y: y)], ink: .faint, width: 1))
      }
      page.texts.append(
        Page.Text(
          place: .init(x: plot.x - 8, y: y), text: cut(tick.label),
          ink: chart.y.isCategorical ? .foreground : .muted, anchor: .end))
    }
    if !chart.x.isCategorical {
      for tick in chart.x.ticks {
        let x = place(Chart.Point(tick.value, chart.y.range.lowerBound)).x
        page.grid.append(
          Page.Line(
            places: [.init(x: x, y: plot.y), .init(x: x, y: bottom)], ink: .faint, width: 1))
      }
    }
    let hasZero = !chart.y.isCategorical && !chart.y.isLogarithmic && chart.y.range.contains(0)
    let base = hasZero ? place(Chart.Point(chart.x.range.lowerBound, 0)).y : bottom
    page.grid.append(
      Page.Line(
        places: [.init(x: plot.x, y: base), .init(x: right, y: base)], ink: .muted, width: 1))
  }

  private mutating func draw(_ rule: Chart.Rule) {
    let low = Chart.Point(chart.x.range.lowerBound, chart.y.range.lowerBound)
    let high = Chart.Point(chart.x.range.upperBound, chart.y.range.upperBound)
    let ends =
      rule.isVertical
      ? [place(Chart.Point(rule.value, low.y)), place(Chart.Point(rule.value, high.y))]
      : [place(Chart.Point(low.x, rule.value)), place(Chart.Point(high.x, rule.value))]
    page.lines.append(Page.Line(places: ends, ink: .muted, width: 1.25, isDashed: true))
  }

  private mutating func draw(_ mark: Chart.Mark) {
    switch mark {
    case .bar(let x, let y, let ink):
      let upper = place(Chart.Point(x.lowerBound, y.upperBound))
      let lower = place(Chart.Point(x.upperBound, y.lowerBound))
      page.boxes.append(
        Page.Box(
          area: .init(
            x: upper.x, y: upper.y, width: lower.x - upper.x,
            // A change of nothing is still a patient.
            height: max(lower.y - upper.y, 1)), ink: ink, isPale: chart.hasPaleBars))
    case .band(let lower, let upper, let ink):
      page.bands.append(Page.Band(places: (lower + upper.reversed()).map(place), ink: ink))
    case .line(let points, let ink, let weight, let isDashed):
      page.lines.append(
        Page.Line(
          places: points.map(place), ink: ink, width: weight.rawValue, isDashed: isDashed))
    case .point(let point, let symbol, let ink, let size, _):
      let place = place(point)
      add(symbol, at: place, ink, size: size)
      if symbol != .arrow, isOnBox(place) { page.dots[page.dots.count - 1].hasHalo = true }
    case .barLabel(let point, let text, let isBelow):
      var place = place(point)
      place.y += isBelow ? 7 : -7
      let text = Page.Text(place: place, text: text, size: 9, ink: .muted, anchor: .middle)
      let pitch = plot.width / (chart.x.range.upperBound - chart.x.range.lowerBound)
      if text.width <= pitch { page.texts.append(text) }
    }
  }

  private func isOnBox(_ place: Page.Place) -> Bool {
    let dot = Page.Area(x: place.x - 1, y: place.y - 1, width: 2, height: 2)
    return page.boxes.contains { $0.area.intersects(dot) }
  }

  private mutating func writeCorners() {
    guard chart.corners.count == 4 else { return }
    for (index, corner) in chart.corners.enumerated() where !corner.isEmpty {
      let isLeft = index % 2 == 0
      let isTop = index < 2
      write(
        Page.Text(
          place: .init(
            x: isLeft ? plot.x + 8 : plot.x + plot.width - 8,
            y: isTop ? plot.y + 10 : plot.y + plot.height - 10),
          text: cut(corner), ink: .foreground, anchor: isLeft ? .start : .end))
    }
  }

  /// The names at the right edge, pushed apart where they are too near each other.
  private mutating func writeSides() {
    let rules = chart.rules.filter { !$0.isVertical && !$0.label.isEmpty }.map {
      Chart.SideLabel(y: $0.value, text: $0.label, ink: .muted)
    }
    let labels = (chart.sideLabels + rules).sorted { $0.y > $1.y }
    let right = plot.x + plot.width
    let wanted = labels.map { place(Chart.Point(chart.x.range.upperBound, $0.y)).y }
    let places = Spread.apart(
      wanted, by: 13, within: plot.y...(plot.y + plot.height))
    for (label, (y, end)) in zip(labels, zip(places, wanted)) {
      if abs(y - end) > 2 {
        page.lines.append(
          Page.Line(
            places: [.init(x: right, y: end), .init(x: right + 6, y: y)], ink: .muted, width: 0.75))
      }
      // Most colors are too light for text: a stroke of the color stands before it.
      if case .color = label.ink {
        page.lines.append(
          Page.Line(
            places: [.init(x: right + 8, y: y), .init(x: right + 18, y: y)], ink: label.ink,
            width: 2.5))
      }
      let isColored = if case .color = label.ink { true } else { false }
      write(
        Page.Text(
          place: .init(x: right + (isColored ? 22 : 9), y: y), text: cut(label.text),
          ink: isColored ? .foreground : label.ink))
    }
  }

  /// The names of single points where there is room, with a line where they are not near.
  private mutating func writePointLabels() {
    var points: [(Page.Place, String)] = []
    for case .point(let point, _, _, _, let label?) in chart.marks where !label.isEmpty {
      points.append((place(point), cut(label)))
    }
    taken += page.dots.map {
      Page.Area(x: $0.place.x - 4, y: $0.place.y - 4, width: 8, height: 8)
    }
    if !points.isEmpty { taken += page.lines.flatMap(Self.areas) }
    for (place, label) in points.sorted(by: { $0.0.x < $1.0.x }) {
      guard let text = freeText(label, near: place) else { continue }
      write(text)
      let gap = abs(text.place.y - place.y)
      guard gap > 6 else { continue }
      page.lines.append(
        Page.Line(
          places: [
            place, .init(x: text.place.x + (text.anchor == .start ? -2 : 2), y: text.place.y),
          ],
          ink: .muted, width: 0.75))
    }
  }

  /// Small squares along a line.
  private static func areas(_ line: Page.Line) -> [Page.Area] {
    zip(line.places, line.places.dropFirst()).flatMap { start, end in
      let length = max(abs(end.x - start.x), abs(end.y - start.y))
      let steps = min(max(Int(length / 5), 1), 400)
      return (0...steps).map { step in
        let share = Double(step) / Double(steps)
        return Page.Area(
          x: start.x + share * (end.x - start.x) - 1, y: start.y + share * (end.y - start.y) - 1,
          width: 2, height: 2)
      }
    }
  }

  private func freeText(_ label: String, near place: Page.Place) -> Page.Text? {
    for distance in stride(from: 0.0, through: 156, by: 13) {
      for (side, sign) in [(1.0, -1.0), (1, 1), (-1, -1), (-1, 1)] {
        let text = Page.Text(
          place: .init(
            x: place.x + side * (8 + distance / 3), y: place.y + sign * distance), text: label,
          size: 10.5, anchor: side > 0 ? .start : .end)
        let area = text.area
        let isInside =
          area.x >= plot.x && area.x + area.width <= plot.x + plot.width && area.y >= plot.y
          && area.y + area.height <= plot.y + plot.height
        if isInside, !taken.contains(where: area.intersects) { return text }
      }
    }
    return nil
  }
}

/// Moves places apart without changing their order.
enum Spread {
  /// Places in ascending order, at least a distance apart where there is room for all of them.
  static func apart(
    _ wanted: [Double], by distance: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    guard wanted.count > 1 else { return wanted }
    let room = range.upperBound - range.lowerBound
    let gap = min(distance, room / Double(wanted.count - 1))
    var places = wanted
    for index in places.indices.dropFirst() {
      places[index] = max(places[index], places[index - 1] + gap)
    }
    places[places.count - 1] = min(places[places.count - 1], range.upperBound)
    for index in places.indices.dropLast().reversed() {
      places[index] = min(places[index], places[index + 1] - gap)
    }
    return places
  }
}
