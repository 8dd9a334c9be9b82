internal import Glibc

/// A score test that a Cox model's coefficients do not change with time.
///
/// To each covariate x it adds x g(t), g a function of time centered over the events, and tests that
/// the coefficients of those are 0; for all of them together, and for each covariate with the others
/// kept proportional. What R's `cox.zph` does from survival 3.0 on; before, it tested the
/// correlation of Schoenfeld's residuals with g.
///
/// With exact ties, sets at risk are summed as by Breslow's method, as R does.
///
/// ## References
///
/// - Grambsch PM, Therneau TM (1994). Proportional hazards tests and diagnostics based on weighted
///   residuals. *Biometrika* 81:515–526.
public struct ProportionalHazardsTest: Sendable, Hashable {
  /// g.
  ///
  /// Raw values are the names used in commands and results.
  public enum Transform: String, Sendable, Hashable, Codable, CaseIterable {
    /// 1 − S(t−), S the Kaplan-Meier estimate of all subjects; R's default.
    case kaplanMeier = "km"
    /// t.
    case identity
    /// The rank of t among all subjects' times, the mean of those tied.
    case rank
    /// log t; no event may be at time 0.
    case log
  }

  public struct Term: Sendable, Hashable {
    public let name: String
    public let test: ChiSquareTest
  }

  public let transform: Transform
  public let terms: [Term]
  public let global: ChiSquareTest
}

extension CoxModel {
  /// Whether hazards are proportional; see ``ProportionalHazardsTest``.
  ///
  /// - Throws: ``TimeToEventError/eventAtTimeZero`` from the logarithm of time,
  ///   ``TimeToEventError/noChangeToTest`` where all events are at one time.
  public func proportionalHazardsTest(
    _ transform: ProportionalHazardsTest.Transform = .kaplanMeier
  ) throws(TimeToEventError) -> ProportionalHazardsTest {
    let weights = try centeredTimes(transform)
    let sums = ties == .efron ? CoxTies.efron : .breslow
    let plain = try CoxDerivatives(design, fit.coefficients, sums)
    let once = try CoxDerivatives(design, fit.coefficients, sums, timeWeights: weights)
    let twice = try CoxDerivatives(
      design, fit.coefficients, sums, timeWeights: weights.map { $0 * $0 })
    let information = doubled(plain.information, once.information, twice.information)
    let columns = design.columns
    let test = { (tested: [Int]) throws(TimeToEventError) -> ChiSquareTest in
      let kept = Array(0..<columns) + tested.map { $0 + columns }
      let elimination = Elimination(information.minor(kept))
      guard elimination.rank == kept.count else { throw .noChangeToTest }
      return ChiSquareTest(
        statistic: elimination.quadraticForm(
          [Double](repeating: 0, count: columns) + tested.map { once.score[$0] }),
        degreesOfFreedom: tested.count)
    }
    var terms: [ProportionalHazardsTest.Term] = []
    for (name, columns) in zip(termNames, design.terms) {
      terms.append(.init(name: name, test: try test(Array(columns))))
    }
    return ProportionalHazardsTest(
      transform: transform, terms: terms, global: try test(Array(0..<columns)))
  }

  /// The information on the coefficients and on those of x g(t).
  private func doubled(
    _ plain: SymmetricMatrix, _ once: SymmetricMatrix, _ twice: SymmetricMatrix
  ) -> SymmetricMatrix {
    let columns = plain.size
    var whole = SymmetricMatrix(size: 2 * columns)
    for row in 0..<columns {
      for column in 0..<columns {
        whole[row, column] = plain[row, column]
        whole[row + columns, column] = once[row, column]
        whole[row + columns, column + columns] = twice[row, column]
      }
    }
    return whole
  }

  /// g by block, less its mean over the events.
  private func centeredTimes(
    _ transform: ProportionalHazardsTest.Transform
  ) throws(TimeToEventError) -> [Double] {
    let curve = KaplanMeier(sample)
    if transform == .log, curve.times[0] == 0, curve.events[0] > 0 { throw .eventAtTimeZero }
    let byRank = curve.times.indices.map { rank -> Double in
      switch transform {
      case .kaplanMeier: rank == 0 ? 0 : 1 - curve.survival[rank - 1]
      case .identity: curve.times[rank]
      case .log: curve.events[rank] > 0 ? Glibc.log(curve.times[rank]) : 0
      case .rank:
        Double(curve.subjects - curve.atRisk[rank])
          + Double(curve.events[rank] + curve.censored[rank] + 1) / 2
      }
    }
    let sum = zip(byRank, curve.events).reduce(0) { $0 + $1.0 * Double($1.1) }
    let mean = sum / Double(events)
    return design.blocks.map { byRank[$0.rank] - mean }
  }
}
