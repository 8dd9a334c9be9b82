import PluginProtocol

extension Chart {
  init(curve data: FigureData) throws(FigureProblem) {
    let points = data.series.flatMap(\.points)
    let name = data.figure.name
    let x = try ChartAxis(
      data.axis("x"), values: points.compactMap(\.x), references: data.references("x").map(\.value),
      figure: name)
    let y = try ChartAxis(
      data.axis("y"), values: points.flatMap { [$0.y, $0.lower, $0.upper].compactMap { $0 } },
      references: data.references("y").map(\.value), figure: name)
    self.init(data, x: x, y: y)
    let groups = data.groups
    let inks = Ink.inks(of: groups)
    counts = try ChartCounts(data, on: x, inks: inks)
    // The numbers stand under marks of the axis.
    if let counts { self.x.ticks = ChartAxis.ticks(at: counts.places) }
    let stepped = Set(data.series.filter { $0.style == .steps }.map(\.group))
    for series in data.series {
      let ink = inks[series.group] ?? .foreground
      let index = groups.firstIndex(of: series.group) ?? 0
      if series.style == .points, stepped.contains(series.group) {
        // Censoring on a curve of survival, which is named at its end already.
        addPoints(series, ink, .tick)
      } else if series.style == .points {
        addPoints(series, ink, .of(index))
        key.append(KeyEntry(label: series.label, ink: ink, symbol: .of(index)))
      } else {
        addLine(series, ink)
      }
    }
  }

  private mutating func addPoints(_ series: FigureData.Series, _ ink: Ink, _ symbol: Symbol) {
    for point in series.points {
      guard let x = point.x, let y = point.y else { continue }
      if let lower = point.lower, let upper = point.upper {
        marks.append(.line([Point(x, lower), Point(x, upper)], ink, .thin, isDashed: false))
      }
      marks.append(.point(Point(x, y), symbol, ink, size: 1, label: point.label))
    }
  }

  private mutating func addLine(_ series: FigureData.Series, _ ink: Ink) {
    let isStepped = series.style == .steps
    func path(_ value: (FigureData.Point) -> Double?) -> [Point] {
      let path = series.points.compactMap { point in point.x.map { (x: $0, y: value(point)) } }
      return isStepped ? Self.steps(path) : path.compactMap { x, y in y.map { Point(x, $0) } }
    }
    let (lower, upper, middle) = (path(\.lower), path(\.upper), path(\.y))
    if isStepped, !lower.isEmpty, !upper.isEmpty {
      marks.append(.band(lower: lower, upper: upper, ink))
    } else {
      for limit in [lower, upper] where !limit.isEmpty {
        marks.append(.line(limit, ink, .thin, isDashed: true))
      }
    }
    guard let last = middle.last else { return }
    marks.append(.line(middle, ink, .heavy, isDashed: false))
    sideLabels.append(SideLabel(y: last.y, text: series.label, ink: ink))
  }

  /// Level until the next point, then straight up or down.
  ///
  /// A value holds up to the next point also where that has none, as the limits of a survival curve
  /// have none once it is 0.
  private static func steps(_ path: [(x: Double, y: Double?)]) -> [Point] {
    var steps: [Point] = []
    var holds = false
    for (x, y) in path {
      if let last = steps.last, holds || y != nil { steps.append(Point(x, last.y)) }
      if let y { steps.append(Point(x, y)) }
      holds = y != nil
    }
    return steps
  }
}
