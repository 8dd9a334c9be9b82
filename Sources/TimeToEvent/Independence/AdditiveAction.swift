public import Statistics

/// A combination whose parts' times free of the event add up, as far as scans let them.
///
/// T = max(T₁ + max(T₂ − s, 0), T₂), with T₁ and T₂ of one patient tied by a Gaussian copula. The
/// first scan's time s is taken off because nobody is seen to progress before it, so that even an
/// inactive part shows a time of about s. Of two trials the later first scan counts. The
/// publication takes it off its own trial's part; but T is max(T₁, T₂, T₁ + T₂ − s), the same
/// either way.
///
/// Steps meet steps, so that all is a finite sum of bivariate normal rectangles: no simulation, and
/// no error of quadrature.
///
/// ## References
///
/// - Hwangbo H, Patterson SC, Dai A, Plana D, Palmer AC (2023). Additivity predicts the efficacy of
///   most approved combination therapies for advanced cancer. *Nat Cancer* 4:1693–1704.
public struct AdditiveAction: Sendable, Hashable {
  /// The most pairs of steps of two curves that are summed over.
  public static let pairLimit = 4_000_000

  public let first: SurvivalFunction
  public let second: SurvivalFunction
  public let firstScan: Double
  public let copula: BivariateNormal

  /// The two parts, with the later of their trials' first scans and Spearman's correlation of the
  /// times one patient would have under each.
  ///
  /// - Throws: ``TimeToEventError/rankCorrelationOutOfRange(_:)``,
  ///   ``TimeToEventError/unusableScan(_:)`` for a scan at a negative or not finite time,
  ///   ``TimeToEventError/tooManySteps(_:_:limit:)`` for curves with more than ``pairLimit`` pairs
  ///   of steps.
  public init(
    _ first: SurvivalFunction, _ second: SurvivalFunction, firstScan: Double, correlation: Double
  ) throws(TimeToEventError) {
    guard firstScan >= 0, firstScan < .infinity else { throw .unusableScan(firstScan) }
    guard first.times.count + 1 <= Self.pairLimit / (second.times.count + 1) else {
      throw .tooManySteps(first.times.count, second.times.count, limit: Self.pairLimit)
    }
    (self.first, self.second, self.firstScan) = (first, second, firstScan)
    copula = try BivariateNormal(spearman: correlation)
  }

  /// The time of a patient with these times under each part.
  public func time(_ first: Double, _ second: Double) -> Double {
    max(first, second, first + second - firstScan)
  }

  /// The whole curve, known as far as both parts' are.
  ///
  /// - Complexity: one bivariate normal probability a pair of steps.
  public var combination: SurvivalFunction {
    let end = min(first.knownTo, second.knownTo)
    var masses: [(time: Double, mass: Double)] = []
    let lengths = first.times.prefix { $0 <= end }
    let edges = [-Double.infinity] + first.survival.prefix(lengths.count).map(deviate)
    var before = edges.map { copula.upperTail(-.infinity, $0) }
    for (step, length) in second.times.enumerated() where length <= end {
      let after = edges.map { [edge = deviate(second.survival[step])] in
        copula.upperTail(edge, $0)
      }
      for (index, alone) in lengths.enumerated() {
        let time = time(alone, length)
        guard time <= end else { break }
        let mass = before[index] - after[index] - before[index + 1] + after[index + 1]
        masses.append((time, max(0, mass)))
      }
      before = after
    }
    return Self.curve(masses.sorted { $0.time < $1.time }, followedTo: end)
  }

  private func deviate(_ survival: Double) -> Double { normalDeviate(upperTail: survival) }

  /// Times within rounding of each other are one.
  private static func curve(
    _ masses: [(time: Double, mass: Double)], followedTo end: Double
  ) -> SurvivalFunction {
    var (times, heights, height): ([Double], [Double], Double) = ([], [], 1)
    // What the probabilities' own rounding leaves of an empty rectangle is no step.
    for (time, mass) in masses where mass > 1e-15 {
      height = max(0, height - mass)
      if let last = times.last, time - last <= 1e-12 * time {
        heights[heights.count - 1] = height
      } else if height < heights.last ?? 1 {
        times.append(time)
        heights.append(height)
      }
    }
    // What is left where both parts' curves come down to 0 is rounding.
    if end == .infinity, !heights.isEmpty { heights[heights.count - 1] = 0 }
    return SurvivalFunction(fallingAt: times, to: heights, followedTo: end)
  }
}
