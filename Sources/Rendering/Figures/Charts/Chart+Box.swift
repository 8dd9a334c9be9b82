import PluginProtocol

extension Chart {
  init(box data: FigureData) throws(FigureProblem) {
    let names = data.names(\.xName)
    let values = data.series.flatMap(\.points).compactMap(\.y)
    let x = ChartAxis(data.axis("x"), names: names)
    let y = try ChartAxis(
      data.axis("y"), values: values, references: data.references("y").map(\.value),
      figure: data.figure.name)
    self.init(data, x: x, y: y)
    // A series for each category says nothing that the category does not.
    let isGrouped = names.contains { name in
      data.series.count { $0.points.contains { $0.xName == name } } > 1
    }
    let groups = isGrouped ? data.groups : [""]
    let inks = isGrouped ? Ink.inks(of: groups) : ["": .blue]
    let room = 0.7 / Double(max(groups.count, 1))
    for (place, group) in groups.enumerated() {
      let points = data.series.filter { !isGrouped || $0.group == group }.flatMap(\.points)
      for (index, name) in names.enumerated() {
        let values = points.filter { $0.xName == name }.compactMap(\.y)
        let center =
          Double(index) + (Double(place) - Double(groups.count - 1) / 2) * room
        addBox(
          values, at: center, halfWidth: min(room * 0.42, 0.25), inks[group] ?? .foreground,
          .of(place))
      }
    }
    key = isGrouped ? Self.key(groups, inks) : []
  }

  private mutating func addBox(
    _ values: [Double], at center: Double, halfWidth: Double, _ ink: Ink, _ symbol: Symbol
  ) {
    // Side by side rather than at random, so that the picture is the same every time.
    for (index, value) in values.enumerated() {
      let offset = (Double((index * 7 + 3) % 11) / 10 - 0.5) * halfWidth
      marks.append(
        .point(Point(center + offset, value), symbol, ink, size: 0.6, label: nil))
    }
    guard let summary = BoxSummary(values) else { return }
    let left = center - halfWidth
    let right = center + halfWidth
    let outline = [
      Point(left, summary.lower), Point(right, summary.lower), Point(right, summary.upper),
      Point(left, summary.upper), Point(left, summary.lower),
    ]
    marks.append(.line(outline, ink, .normal, isDashed: false))
    marks.append(
      .line(
        [Point(left, summary.median), Point(right, summary.median)], .foreground, .heavy,
        isDashed: false))
    for (box, end) in [
      (summary.lower, summary.whiskers.lowerBound), (summary.upper, summary.whiskers.upperBound),
    ] where box != end {
      marks.append(
        .line([Point(center, box), Point(center, end)], ink, .normal, isDashed: false))
    }
  }
}

/// Median, quartiles and whiskers.
///
/// Quartiles are R's type 7; whiskers reach to the last value within 1.5 interquartile ranges.
///
/// ## References
/// Hyndman RJ, Fan Y (1996). Sample quantiles in statistical packages. *Am Stat* 50:361-365,
/// definition 7. Tukey JW (1977). *Exploratory Data Analysis*, section 2D.
struct BoxSummary: Hashable {
  let lower: Double
  let median: Double
  let upper: Double
  let whiskers: ClosedRange<Double>

  /// Nil where there is no value.
  init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    func quantile(_ share: Double) -> Double {
      let place = Double(sorted.count - 1) * share
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    lower = quantile(0.25)
    median = quantile(0.5)
    upper = quantile(0.75)
    let reach = 1.5 * (upper - lower)
    let near = sorted.filter { [lower, upper] in $0 >= lower - reach && $0 <= upper + reach }
    let low = min(near.first ?? first, lower)
    whiskers = low...max(near.last ?? last, upper)
  }
}
