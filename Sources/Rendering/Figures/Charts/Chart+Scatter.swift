import PluginProtocol

extension Chart {
  init(scatter data: FigureData) throws(FigureProblem) {
    let points = data.series.flatMap(\.points).filter { $0.x != nil && $0.y != nil }
    let name = data.figure.name
    let x = try ChartAxis(
      data.axis("x"), values: points.compactMap(\.x), references: data.references("x").map(\.value),
      figure: name)
    let y = try ChartAxis(
      data.axis("y"), values: points.compactMap(\.y), references: data.references("y").map(\.value),
      figure: name)
    self.init(data, x: x, y: y)
    let groups = data.groups
    let inks = Ink.inks(of: groups)
    for series in data.series {
      let symbol = Symbol.of(groups.firstIndex(of: series.group) ?? 0)
      for point in series.points {
        guard let x = point.x, let y = point.y else { continue }
        marks.append(
          .point(
            Point(x, y), symbol, inks[series.group] ?? .foreground, size: 1, label: point.label))
      }
    }
    corners = data.figure.quadrants?.map(\.safe) ?? []
    key = groups.count > 1 ? Self.key(groups, inks) : []
  }
}
