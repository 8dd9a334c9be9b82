import PluginProtocol

extension Chart {
  /// Above it lines are not named at their ends.
  private static let namedLines = 16

  init(spider data: FigureData) throws(FigureProblem) {
    let points = data.series.flatMap(\.points)
    let name = data.figure.name
    let x = try ChartAxis(data.axis("x"), values: points.compactMap(\.x), figure: name)
    let y = try ChartAxis(
      data.axis("y"), values: points.compactMap(\.y), references: data.references("y").map(\.value),
      includesZero: true, figure: name)
    self.init(data, x: x, y: y)
    // Without groups patients are told apart by their names, not by colors.
    let isGrouped = data.figure.series.contains { $0.group != nil }
    let groups = isGrouped ? data.groups : []
    let inks = Ink.inks(of: groups)
    for series in data.series {
      let ink = isGrouped ? inks[series.group] ?? .foreground : .blue
      let path = Self.path(series).sorted { $0.x < $1.x }
      guard let last = path.last else { continue }
      marks.append(.line(path, ink, .thin, isDashed: false))
      let symbol = Symbol.of(groups.firstIndex(of: series.group) ?? 0)
      marks.append(.point(last, symbol, ink, size: 0.8, label: nil))
      if data.series.count <= Self.namedLines {
        sideLabels.append(SideLabel(y: last.y, text: series.label, ink: ink))
      }
    }
    key = Self.key(groups, inks)
  }

  static func path(_ series: FigureData.Series) -> [Point] {
    series.points.compactMap { point in
      guard let x = point.x, let y = point.y else { return nil }
      return Point(x, y)
    }
  }
}
