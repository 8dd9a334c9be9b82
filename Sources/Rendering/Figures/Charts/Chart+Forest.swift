import PluginProtocol

extension Chart {
  init(forest data: FigureData) throws(FigureProblem) {
    let points = data.series.flatMap(\.points)
    let x = try ChartAxis(
      data.axis("x"), values: points.flatMap { [$0.x, $0.lower, $0.upper].compactMap { $0 } },
      references: data.references("x").map(\.value), figure: data.figure.name)
    let y = ChartAxis(data.axis("y"), names: data.names(\.yName), isReversed: true)
    self.init(data, x: x, y: y)
    let rows = Dictionary(y.ticks.map { ($0.label, $0.value) }) { first, _ in first }
    let largest = points.compactMap(\.size).max() ?? 1
    let groups = data.groups
    let inks = Ink.inks(of: groups)
    for series in data.series {
      let ink = inks[series.group] ?? .foreground
      let symbol: Symbol = groups.first == series.group ? .square : .diamond
      for point in series.points {
        guard let row = point.yName.flatMap({ rows[$0] }) else { continue }
        addRow(point, row, ink, symbol, largest: largest)
      }
    }
  }

  private mutating func addRow(
    _ point: FigureData.Point, _ row: Double, _ ink: Ink, _ symbol: Symbol, largest: Double
  ) {
    if let lower = point.lower, let upper = point.upper {
      marks.append(.line([Point(lower, row), Point(upper, row)], ink, .normal, isDashed: false))
    }
    if let x = point.x {
      let share = point.size.map { max(0, $0) / max(largest, 1e-300) } ?? 0.5
      marks.append(
        .point(Point(x, row), symbol, ink, size: 0.6 + 0.9 * share.squareRoot(), label: nil))
    }
    if let label = point.label {
      sideLabels.append(SideLabel(y: row, text: label, ink: .foreground))
    }
  }
}
