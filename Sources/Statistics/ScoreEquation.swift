internal import Glibc

/// The score test of a common difference, ratio or odds ratio over one table or several strata,
/// solved for the value it just accepts.
///
/// With S the distance of the data from a value, V its variance and μ₃ its third moment, all at
/// the likeliest rates the value allows, and summed over strata with weights, the value is
/// accepted while S + z √V + (1 − z²) μ₃ / 6 V is not negative; the last term only where skewness
/// is corrected for.
struct ScoreEquation {
  enum Weighting { case mantelHaenszel, inverseVariance }

  let strata: [ContingencyTable]
  let contrast: RateContrast
  var weighting = Weighting.mantelHaenszel
  /// Whether each variance has Miettinen and Nurminen's factor N / (N − 1).
  var usesSampleFactor = true
  var isSkewnessCorrected = false

  /// Both limits; the lower one is the upper one of the swapped groups.
  func limits(deviate z: Double) -> (lower: Double, upper: Double) {
    var other = Self(strata: strata.map(\.swapped), contrast: contrast)
    other.weighting = weighting
    other.usesSampleFactor = usesSampleFactor
    other.isSkewnessCorrected = isSkewnessCorrected
    let mirrored = other.upperLimit(deviate: z)
    return (
      contrast == .difference ? -mirrored : 1 / mirrored, upperLimit(deviate: z)
    )
  }

  private func upperLimit(deviate z: Double) -> Double {
    switch contrast {
    case .difference: upperDifference(deviate: z)
    case .ratio:
      strata.allSatisfy { $0.control.responders == 0 } ? .infinity : upperRatio(deviate: z)
    case .oddsRatio:
      strata.allSatisfy { $0.control.responders == 0 || $0.treated.nonResponders == 0 }
        ? .infinity : upperRatio(deviate: z)
    }
  }

  private func upperDifference(deviate z: Double) -> Double {
    // At the estimate itself the variance can be 0; it is accepted all the same.
    let accepted = weighting == .mantelHaenszel ? weightedDifference : -1
    if isSkewnessCorrected {
      return outermostLimit(from: accepted, to: 1) { -excess(at: $0, deviate: z) }
    }
    return bracketedRoot(between: accepted, and: 1) { difference in
      difference > accepted ? -excess(at: difference, deviate: z) : -1
    }
  }

  /// On the logarithmic scale, from steps that double until they bracket the limit.
  private func upperRatio(deviate z: Double) -> Double {
    func rejection(_ logarithm: Double) -> Double {
      let point = point(at: exp(logarithm))
      // Where nothing varies, a value is accepted unless it is larger than the data allow.
      guard point.variance > 0 else { return point.distance < 0 ? 1 : -1 }
      return -excess(of: point, deviate: z) / point.variance.squareRoot()
    }
    if isSkewnessCorrected {
      return exp(outermostLimit(from: -40, to: 40, of: rejection))
    }
    return exp(outwardRoot(of: rejection))
  }

  /// The largest value accepted, looked for from the outside in steps of a 400th.
  ///
  /// Corrected for skewness, the score can reject values near the estimate and accept others
  /// farther out, so a search from the estimate could stop too early.
  private func outermostLimit(
    from inner: Double, to outer: Double, of rejection: (Double) -> Double
  ) -> Double {
    var last = outer
    for step in 1..<400 {
      let trial = outer + (inner - outer) * Double(step) / 400
      if rejection(trial) < 0 {
        return step == 1 && rejection(outer) < 0
          ? outer : bracketedRoot(between: trial, and: last, of: rejection)
      }
      last = trial
    }
    return bracketedRoot(between: inner, and: last, of: rejection)
  }

  private var weightedDifference: Double {
    let weights = strata.map(\.mantelHaenszelWeight)
    let sum = zip(weights, strata).reduce(0) { $0 + $1.0 * $1.1.rateDifference }
    return sum / weights.reduce(0, +)
  }
}

extension ScoreEquation {
  /// What the strata say together about one value.
  struct Point {
    var distance = 0.0
    var variance = 0.0
    var thirdMoment = 0.0
  }

  /// S + z √V + (1 − z²) μ₃ / 6 V, which turns negative where the value is rejected as too large.
  private func excess(at value: Double, deviate z: Double) -> Double {
    excess(of: point(at: value), deviate: z)
  }

  private func excess(of point: Point, deviate z: Double) -> Double {
    let plain = point.distance + z * point.variance.squareRoot()
    guard isSkewnessCorrected, point.variance > 0 else { return plain }
    return plain + (1 - z * z) * point.thirdMoment / (6 * point.variance)
  }

  func point(at value: Double) -> Point {
    var (sum, total) = (Point(), 0.0)
    for table in strata {
      // Where nobody or everybody responds, nothing is known of an odds ratio.
      if contrast == .oddsRatio, table.responders == 0 || table.responders == table.patients {
        continue
      }
      let (own, rates) = stratum(table, at: value)
      let weight = weight(of: table, own, rates)
      sum.distance += weight * own.distance
      sum.variance += weight * weight * own.variance
      sum.thirdMoment += weight * weight * weight * own.thirdMoment
      total += weight
    }
    guard total > 0 else { return sum }
    sum.distance /= total
    sum.variance /= total * total
    sum.thirdMoment /= total * total * total
    return sum
  }

  private func weight(
    of table: ContingencyTable, _ point: Point, _ rates: RestrictedRates
  ) -> Double {
    switch weighting {
    case .mantelHaenszel: table.mantelHaenszelWeight
    case .inverseVariance:
      // p₁ − φ p₂ is the efficient score of log φ times V / p₂.
      point.variance > 0 ? (contrast == .ratio ? rates.control.rate : 1) / point.variance : 0
    }
  }

  private func stratum(
    _ table: ContingencyTable, at value: Double
  ) -> (point: Point, rates: RestrictedRates) {
    let rates = RestrictedRates(table, contrast, at: value)
    let (n1, n2) = (Double(table.treated.patients), Double(table.control.patients))
    let (p1, q1) = rates.treated
    let (p2, q2) = rates.control
    let (v1, v2) = (p1 * q1 / n1, p2 * q2 / n2)
    let (m1, m2) = (v1 * (q1 - p1) / n1, v2 * (q2 - p2) / n2)
    var point = Point()
    switch contrast {
    case .difference:
      point.distance = table.rateDifference - value
      point.variance = v1 + v2
      point.thirdMoment = m1 - m2
    case .ratio:
      point.distance = table.treated.rate - value * table.control.rate
      point.variance = v1 + value * value * v2
      point.thirdMoment = m1 - value * value * value * m2
    case .oddsRatio:
      let (information1, information2) = (n1 * p1 * q1, n2 * p2 * q2)
      point.variance = 1 / information1 + 1 / information2
      point.distance = table.treated.excess(p1, q1) * point.variance
      point.thirdMoment =
        (q1 - p1) / (information1 * information1) - (q2 - p2) / (information2 * information2)
    }
    if usesSampleFactor { point.variance *= (n1 + n2) / (n1 + n2 - 1) }
    return (point, rates)
  }
}

extension ContingencyTable {
  /// n₁ n₂ / N.
  var mantelHaenszelWeight: Double {
    Double(treated.patients) * Double(control.patients) / Double(patients)
  }
}

extension ResponseCount {
  /// Responders beyond those expected at a rate, taken from the side that is smaller.
  fileprivate func excess(_ rate: Double, _ complement: Double) -> Double {
    rate < complement
      ? Double(responders) - Double(patients) * rate
      : Double(patients) * complement - Double(nonResponders)
  }
}
