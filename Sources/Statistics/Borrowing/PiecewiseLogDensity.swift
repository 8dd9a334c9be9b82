internal import Glibc

/// A probability density on an interval, known to ten digits everywhere, in its tails too.
///
/// Its logarithm is a Legendre series of degree 15 on each of a list of panels, split until the
/// series' last terms vanish.
struct PiecewiseLogDensity: Sendable {
  struct Panel: Sendable {
    let lower: Double
    let upper: Double
    var coefficients: [Double]
    var mass = 0.0
    /// The points of the rule on the whole panel, and those on its two halves, each weight times
    /// the density there.
    fileprivate(set) var whole: [(x: Double, weight: Double)] = []
    fileprivate(set) var halves: [(x: Double, weight: Double)] = []

    var center: Double { (lower + upper) / 2 }
    var halfWidth: Double { (upper - lower) / 2 }

    func callAsFunction(_ x: Double) -> Double {
      let t = (x - center) / halfWidth
      var (first, second) = (0.0, 0.0)
      for degree in stride(from: coefficients.count - 1, through: 0, by: -1) {
        let factor = GaussLegendre.clenshaw[degree]
        (first, second) = (
          coefficients[degree] + factor.first * t * first - factor.second * second, first
        )
      }
      return first
    }

    /// The points of the rule from `start` to `end`, each weight times the density there.
    func points(from start: Double, to end: Double) -> [(x: Double, weight: Double)] {
      let (middle, half) = ((start + end) / 2, (end - start) / 2)
      return zip(GaussLegendre.rule.nodes, GaussLegendre.rule.weights).map { node, weight in
        let x = middle + half * node
        return (x, weight * half * exp(self(x)))
      }
    }

    func integral(from start: Double, to end: Double) -> Double {
      points(from: start, to: end).reduce(0) { $0 + $1.weight }
    }
  }

  private(set) var panels: [Panel]
  /// The logarithm of the integral of the function this density is proportional to.
  let logTotal: Double

  var range: ClosedRange<Double> {
    (panels.first?.lower ?? 0)...(panels.last?.upper ?? 0)
  }

  /// A density proportional to the exponential of `logarithm`.
  ///
  /// The scales are places where the density changes, and how fast: panels begin that narrow
  /// there and grow with the distance.
  init(
    over range: ClosedRange<Double>, scales: [(center: Double, width: Double)],
    tolerance: Double = 1e-10, logarithm: @escaping (Double) -> Double
  ) {
    var builder = PanelBuilder(tolerance: tolerance, logarithm: logarithm)
    panels = builder.panels(at: Self.breaks(over: range, scales: scales))
    let peak = builder.peak
    for index in panels.indices {
      panels[index].coefficients[0] -= peak
      panels[index].mass = panels[index].integral(
        from: panels[index].lower, to: panels[index].upper)
    }
    let total = panels.reduce(0) { $0 + $1.mass }
    logTotal = peak + log(total)
    for index in panels.indices {
      panels[index].coefficients[0] -= log(total)
      panels[index].mass /= total
      panels[index].place()
    }
  }

  private static func breaks(
    over range: ClosedRange<Double>, scales: [(center: Double, width: Double)]
  ) -> [Double] {
    var breaks = [range.lowerBound, range.upperBound]
    for (center, width) in scales where range.contains(center) {
      breaks.append(center)
      var distance = 2 * width
      while distance < range.upperBound - range.lowerBound {
        breaks += [center - distance, center + distance].filter(range.contains)
        distance *= 3
      }
    }
    let least = (range.upperBound - range.lowerBound) * 1e-12
    return breaks.sorted().reduce(into: []) { kept, next in
      if let last = kept.last, next - last < least { return }
      kept.append(next)
    }
  }

  /// The logarithm of the density.
  func callAsFunction(_ x: Double) -> Double {
    guard let panel = panels.first(where: { x <= $0.upper }), x >= panel.lower else {
      return -.infinity
    }
    return panel(x)
  }

  // MARK: Integrals

  /// The expectation of `factor`, to about ten digits.
  func expectation(of factor: (Double) -> Double) -> Double {
    panels.reduce(0) { sum, panel in
      guard panel.mass > 1e-18 else { return sum }
      let change = Change(panel, of: factor)
      return sum + refined(panel, panel.lower, panel.upper, change, depth: 0, factor)
    }
  }

  /// The expectation of a factor that is zero outside `range` and smooth inside.
  func expectation(of factor: (Double) -> Double, over range: ClosedRange<Double>) -> Double {
    panels.reduce(0) { sum, panel in
      let (start, end) = (
        max(panel.lower, range.lowerBound), min(panel.upper, range.upperBound)
      )
      guard panel.mass > 1e-18, start < end else { return sum }
      let change =
        start == panel.lower && end == panel.upper
        ? Change(panel, of: factor) : Change(panel, start, end, of: factor)
      return sum + refined(panel, start, end, change, depth: 0, factor)
    }
  }

  /// An integral over a range by its two halves, and what that changed.
  private struct Change {
    let left, right, size: Double

    init(_ panel: Panel, of factor: (Double) -> Double) {
      self.init(panel.whole, panel.halves, factor)
    }

    init(_ panel: Panel, _ start: Double, _ end: Double, of factor: (Double) -> Double) {
      let middle = (start + end) / 2
      self.init(
        panel.points(from: start, to: end),
        panel.points(from: start, to: middle) + panel.points(from: middle, to: end), factor)
    }

    private init(
      _ whole: [(x: Double, weight: Double)], _ halves: [(x: Double, weight: Double)],
      _ factor: (Double) -> Double
    ) {
      left = Self.sum(halves.prefix(GaussLegendre.points), factor)
      right = Self.sum(halves.dropFirst(GaussLegendre.points), factor)
      size = (left + right - Self.sum(whole[...], factor)).magnitude
    }

    private static func sum(
      _ points: ArraySlice<(x: Double, weight: Double)>, _ factor: (Double) -> Double
    ) -> Double {
      points.reduce(0) { $0 + $1.weight * factor($1.x) }
    }
  }

  /// Halves the range until that changes nothing, or until what changes is rounding.
  private func refined(
    _ panel: Panel, _ start: Double, _ end: Double, _ change: Change, depth: Int,
    _ factor: (Double) -> Double
  ) -> Double {
    let total = change.left + change.right
    guard change.size > 1e-12 + 1e-11 * total.magnitude, depth < 24 else { return total }
    let middle = (start + end) / 2
    let left = Change(panel, start, middle, of: factor)
    let right = Change(panel, middle, end, of: factor)
    guard depth < 3 || max(left.size, right.size) < 0.5 * change.size else { return total }
    return refined(panel, start, middle, left, depth: depth + 1, factor)
      + refined(panel, middle, end, right, depth: depth + 1, factor)
  }

  func lowerTail(_ x: Double) -> Double {
    var sum = 0.0
    for panel in panels {
      guard x >= panel.upper else {
        return x <= panel.lower ? sum : sum + panel.integral(from: panel.lower, to: x)
      }
      sum += panel.mass
    }
    return min(1, sum)
  }

  /// The argument below which `tail` of the mass lies.
  func quantile(_ tail: Double) -> Double {
    var sum = 0.0
    for panel in panels {
      if sum + panel.mass >= tail {
        return bracketedRoot(between: panel.lower, and: panel.upper) {
          sum + panel.integral(from: panel.lower, to: $0) - tail
        }
      }
      sum += panel.mass
    }
    return range.upperBound
  }
}

extension PiecewiseLogDensity.Panel {
  /// Puts the points of the rule in place, once the coefficients are final.
  fileprivate mutating func place() {
    whole = points(from: lower, to: upper)
    halves = points(from: lower, to: center) + points(from: center, to: upper)
  }
}

/// Splits an interval into panels on each of which a log density is a Legendre series.
private struct PanelBuilder {
  let tolerance: Double
  let logarithm: (Double) -> Double
  private(set) var peak = -Double.infinity

  init(tolerance: Double, logarithm: @escaping (Double) -> Double) {
    self.tolerance = tolerance
    self.logarithm = logarithm
  }

  mutating func panels(at breaks: [Double]) -> [PiecewiseLogDensity.Panel] {
    let first = zip(breaks, breaks.dropFirst()).map { sampled($0, $1) }
    var panels: [PiecewiseLogDensity.Panel] = []
    for sample in first { split(sample, depth: 0, lastRemainder: .infinity, into: &panels) }
    return panels
  }

  private typealias Sample = (lower: Double, upper: Double, values: [Double])

  private mutating func sampled(_ lower: Double, _ upper: Double) -> Sample {
    let (middle, half) = ((lower + upper) / 2, (upper - lower) / 2)
    // A density of zero has no logarithm; nothing below e⁻¹⁰⁰⁰⁰⁰⁰ is ever seen.
    let values = GaussLegendre.rule.nodes.map { max(logarithm(middle + half * $0), -1e6) }
    peak = max(peak, values.max() ?? peak)
    return (lower, upper, values)
  }

  private mutating func split(
    _ sample: Sample, depth: Int, lastRemainder: Double,
    into panels: inout [PiecewiseLogDensity.Panel]
  ) {
    let coefficients = GaussLegendre.rule.coefficients(of: sample.values)
    let remainder = coefficients.suffix(3).map(\.magnitude).max() ?? 0
    // What halving does not reduce is rounding.
    let isRounding = depth >= 3 && remainder > 0.5 * lastRemainder && remainder < 1e-6
    if depth == 20 || isRounding || isResolved(sample.values, remainder) {
      panels.append(
        .init(lower: sample.lower, upper: sample.upper, coefficients: coefficients))
      return
    }
    let middle = (sample.lower + sample.upper) / 2
    for half in [sampled(sample.lower, middle), sampled(middle, sample.upper)] {
      split(half, depth: depth + 1, lastRemainder: remainder, into: &panels)
    }
  }

  /// Far below the peak fewer digits will do, and then none.
  private func isResolved(_ values: [Double], _ remainder: Double) -> Bool {
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    if peak - most > 120 { return true }
    let isNear = peak - most < 40
    return remainder <= (isNear ? tolerance : 1e-4) && (!isNear || most - least < 30)
  }
}
