import PluginProtocol

extension Chart {
  /// Above it patients and their groups are no longer named one by one.
  private static let namedBars = 50

  init(waterfall data: FigureData) throws(FigureProblem) {
    struct Bar {
      let name: String
      let value: Double
      let group: String
    }
    let bars = data.series.flatMap { series in
      series.points.compactMap { point in
        point.y.map { Bar(name: point.xName ?? "", value: $0, group: series.group) }
      }
    }.sorted { ($1.value, $0.name) < ($0.value, $1.name) }
    let isNamed = bars.count <= Self.namedBars
    var x = ChartAxis(data.axis("x"), names: bars.map { isNamed ? $0.name : "" })
    if !isNamed { x.ticks = [] }
    let y = try ChartAxis(
      data.axis("y"), values: bars.map(\.value), references: data.references("y").map(\.value),
      includesZero: true, figure: data.figure.name)
    self.init(data, x: x, y: y)
    let inks = Ink.inks(of: data.groups)
    for (index, bar) in bars.enumerated() {
      let center = Double(index)
      marks.append(
        .bar(
          x: (center - 0.41)...(center + 0.41), y: min(0, bar.value)...max(0, bar.value),
          inks[bar.group] ?? .foreground))
      // So that groups can be told apart without colors.
      if isNamed, data.groups.count > 1, bar.group.count <= 4 {
        marks.append(.barLabel(Point(center, bar.value), bar.group, isBelow: bar.value < 0))
      }
    }
    let counts = Dictionary(grouping: bars, by: \.group).mapValues(\.count)
    key = data.groups.compactMap { group in
      counts[group].map {
        KeyEntry(label: "\(group) (\($0))", ink: inks[group] ?? .foreground, symbol: .square)
      }
    }
  }
}
