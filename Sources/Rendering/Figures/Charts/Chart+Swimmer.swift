import PluginProtocol

extension Chart {
  init(swimmer data: FigureData) throws(FigureProblem) {
    let names = data.names(\.yName)
    let points = data.series.flatMap(\.points)
    let y = ChartAxis(data.axis("y"), names: names, isReversed: true)
    let x = try ChartAxis(
      data.axis("x"), values: points.flatMap { [$0.x, $0.lower, $0.upper].compactMap { $0 } },
      references: data.references("x").map(\.value), includesZero: true, figure: data.figure.name)
    self.init(data, x: x, y: y)
    let rows = Dictionary(y.ticks.map { ($0.label, $0.value) }) { first, _ in first }
    let groups = data.groups
    let inks = Ink.inks(of: groups)
    let marked = Self.markedGroups(data)
    hasPaleBars = !marked.isEmpty
    // What happened is drawn over what lasted.
    let inOrder =
      data.series.filter { $0.style == .bars } + data.series.filter { $0.style != .bars }
    for series in inOrder {
      let ink = inks[series.group] ?? .foreground
      let symbol =
        series.style == .arrows ? .arrow : Symbol.of(marked.firstIndex(of: series.group) ?? 0)
      for point in series.points {
        guard let row = point.yName.flatMap({ rows[$0] }) else { continue }
        if series.style == .bars {
          guard let end = point.upper ?? point.x, end >= point.lower ?? 0 else { continue }
          marks.append(.bar(x: (point.lower ?? 0)...end, y: (row - 0.3)...(row + 0.3), ink))
          if let label = point.label, !label.isEmpty {
            sideLabels.append(SideLabel(y: row, text: label, ink: .foreground))
          }
        } else if let place = point.x {
          let isArrow = symbol == .arrow
          marks.append(
            .point(
              Point(place, row), symbol, isArrow ? .foreground : ink, size: 1, label: point.label))
        }
      }
    }
    key = Self.swimmerKey(data, groups, inks)
  }

  /// The groups with a shape of their own, in the order they are first named.
  private static func markedGroups(_ data: FigureData) -> [String] {
    data.groups.filter { group in
      data.series.contains { $0.group == group && $0.style != .bars && $0.style != .arrows }
    }
  }

  private static func swimmerKey(
    _ data: FigureData, _ groups: [String], _ inks: [String: Ink]
  ) -> [KeyEntry] {
    let marked = markedGroups(data)
    return groups.map { group in
      let style = data.series.first { $0.group == group }?.style
      let symbol: Symbol =
        style == .bars
        ? .square : style == .arrows ? .arrow : .of(marked.firstIndex(of: group) ?? 0)
      let ink: Ink = style == .arrows ? .foreground : inks[group] ?? .foreground
      return KeyEntry(label: group, ink: ink, symbol: symbol)
    }
  }
}
