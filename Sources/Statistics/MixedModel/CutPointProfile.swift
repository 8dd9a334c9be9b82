/// Where the slope of a piecewise linear mixed model changes, by profile likelihood.
///
/// For each cut the model is fitted by full likelihood; restricted ones of different fixed columns
/// cannot be compared. The likeliest cut is searched between the neighbors of the best candidate,
/// and the interval holds the cuts around it whose deviance is higher by no more than the quantile
/// of χ² on one degree of freedom. It is an approximation, and a rough one: as the cut passes a
/// day of scans the deviance bends. A sensitivity analysis, not a date.
///
/// ## References
///
/// - Muggeo VMR (2003). Estimating regression models with unknown break-points. *Stat Med*
///   22:3055–3071.
/// - Pawitan Y (2001). *In All Likelihood*. Oxford University Press, sections 2.6 and 3.4.
public struct CutPointProfile: Sendable {
  public struct Point: Sendable, Hashable {
    public let cut: Double
    /// −2 log L.
    public let deviance: Double
    public let lateSlope: Double
    public let isSingular: Bool
  }

  /// The candidates for which a model could be fitted, in order.
  public let points: [Point]
  /// The candidates for which none could.
  public let failures: [Double]
  public let best: Point
  public let level: Double
  /// Nil where the deviance stays within the quantile down to the first candidate.
  public let lower: Double?
  /// Nil where the deviance stays within the quantile up to the last candidate.
  public let upper: Double?

  /// - Parameters:
  ///   - series: the values over time.
  ///   - cuts: the candidates; 25 evenly spaced ones between the second and the last but one time
  ///     when there are none.
  ///   - effects: what varies between subjects, the same at every cut.
  ///   - level: of the interval.
  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`,
  ///   ``StatisticsError/noUsableCut(_:)`` when no candidate allows a fit.
  public init(
    _ series: TimeSeries, cuts: [Double] = [],
    randomEffects effects: PiecewiseLinearModel.RandomEffects = .interceptAndSlopes,
    level: Double = 0.95
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    let candidates = cuts.isEmpty ? Self.candidates(series) : cuts.sorted()
    let fit = { (cut: Double) in Self.point(series, cut: cut, effects) }
    let points = candidates.compactMap(fit)
    guard let start = points.indices.min(by: { points[$0].deviance < points[$1].deviance })
    else { throw .noUsableCut(candidates) }
    self.points = points
    failures = candidates.filter { cut in !points.contains { $0.cut == cut } }
    let best = Self.refined(points, start, fit)
    self.best = best
    self.level = level
    let limit = best.deviance + chiSquareQuantile(upperTail: 1 - level)
    let below = points.filter { $0.cut < best.cut }.reversed()
    let above = points.filter { $0.cut > best.cut }
    lower = Self.crossing(Array(below), from: best, limit: limit, fit)
    upper = Self.crossing(above, from: best, limit: limit, fit)
  }

  private static func candidates(_ series: TimeSeries) -> [Double] {
    let times = Set(series.times).sorted()
    guard times.count > 3 else { return Array(times.dropFirst().dropLast()) }
    let (first, last) = (times[1], times[times.count - 2])
    return (0..<25).map { first + (last - first) * Double($0) / 24 }
  }

  /// Nil unless the model with exactly these random effects can be fitted.
  private static func point(
    _ series: TimeSeries, cut: Double, _ effects: PiecewiseLinearModel.RandomEffects
  ) -> Point? {
    guard
      let fitted = try? PiecewiseLinearModel(
        series, cut: cut, randomEffects: effects, criterion: .full),
      fitted.omissions.isEmpty
    else { return nil }
    return Point(
      cut: cut, deviance: fitted.model.deviance, lateSlope: fitted.model.coefficients[2],
      isSingular: fitted.model.isSingular)
  }

  /// Golden section search between the neighbors of the best candidate, to a thousandth of their
  /// distance.
  private static func refined(
    _ points: [Point], _ start: Int, _ fit: (Double) -> Point?
  ) -> Point {
    var best = points[start]
    var low = points[max(0, start - 1)].cut
    var high = points[min(points.count - 1, start + 1)].cut
    let width = (high - low) / 1000
    let golden = (5.0.squareRoot() - 1) / 2
    guard width > 0 else { return best }
    func inner(_ fraction: Double) -> Point? { fit(low + fraction * (high - low)) }
    var (left, right) = (inner(1 - golden), inner(golden))
    while high - low > width, let first = left, let second = right {
      for point in [first, second] where point.deviance < best.deviance { best = point }
      if first.deviance < second.deviance {
        high = second.cut
        (left, right) = (inner(1 - golden), first)
      } else {
        low = first.cut
        (left, right) = (second, inner(golden))
      }
    }
    return best
  }

  /// Where the deviance first exceeds the limit on the way outward.
  private static func crossing(
    _ outward: [Point], from best: Point, limit: Double, _ fit: (Double) -> Point?
  ) -> Double? {
    var inside = best.cut
    for point in outward {
      guard point.deviance > limit else {
        inside = point.cut
        continue
      }
      return bisected(inside, point.cut) { (fit($0)?.deviance ?? .infinity) > limit }
    }
    return nil
  }

  /// To a thousandth of the distance; the end that is inside.
  private static func bisected(
    _ inside: Double, _ outside: Double, isOutside: (Double) -> Bool
  ) -> Double {
    var (inside, outside) = (inside, outside)
    for _ in 0..<10 {
      let middle = (inside + outside) / 2
      if isOutside(middle) { outside = middle } else { inside = middle }
    }
    return inside
  }
}
