internal import Glibc

/// The course of one patient's tumor relative to its size before treatment, *f*(0) = 1.
///
/// Rates are per day and, as the time, not negative.
///
/// ## References
///
/// - Stein WD et al. (2008). Tumor growth rates derived from data for patients in a clinical trial
///   correlate strongly with patient survival. *Oncologist* 13:1046–1054.
/// - Wilkerson J et al. (2017). Estimation of tumour regression and growth rates during treatment
///   in patients with advanced prostate cancer. *Lancet Oncol* 18:143–154.
/// - Wang Y et al. (2009). Elucidation of relationship between tumor size and survival in
///   non-small-cell lung cancer patients can aid early decision making in clinical drug development.
///   *Clin Pharmacol Ther* 86:167–174.
package enum GrowthModel: String, Sendable, Hashable, Codable, CaseIterable {
  /// *f* = exp(−*dt*) + exp(*gt*) − 1.
  case growthAndDecay = "gd"
  /// *f* = exp(−*dt*).
  case decay = "dx"
  /// *f* = exp(*gt*).
  case growth = "gx"
  /// *f* = φ exp(−*dt*) + (1 − φ) exp(*gt*).
  case sensitiveFraction = "gdphi"
  /// *f* = exp(−*dt*) + *gt*: growth in a straight line.
  case linearGrowth = "wang"

  /// Those of which CRAN's tumgr selects one.
  package static let exponential: [Self] = [.growthAndDecay, .decay, .growth, .sensitiveFraction]

  /// The names of the parameters, in order.
  package var parameters: [String] {
    switch self {
    case .growthAndDecay, .linearGrowth: ["g", "d"]
    case .decay: ["d"]
    case .growth: ["g"]
    case .sensitiveFraction: ["g", "d", "phi"]
    }
  }

  /// *f* and its derivatives by each parameter.
  func value(_ p: [Double], at t: Double) -> (value: Double, gradient: [Double]) {
    switch self {
    case .growthAndDecay:
      let (up, down) = (exp(p[0] * t), exp(-p[1] * t))
      return (down + up - 1, [t * up, -t * down])
    case .decay:
      let down = exp(-p[0] * t)
      return (down, [-t * down])
    case .growth:
      let up = exp(p[0] * t)
      return (up, [t * up])
    case .sensitiveFraction:
      let (up, down, phi) = (exp(p[0] * t), exp(-p[1] * t), p[2])
      return (
        phi * down + (1 - phi) * up, [(1 - phi) * t * up, -phi * t * down, down - up]
      )
    case .linearGrowth:
      let down = exp(-p[1] * t)
      return (down + p[0] * t, [t, -t * down])
    }
  }

  /// Where searches begin: tumgr's own start, then slower and faster rates.
  var starts: [[Double]] {
    [(0.00511, 0.00511), (0.0005, 0.03), (0.002, 0.1), (0.01, 0.0005)].map { growth, decay in
      parameters.map { $0 == "phi" ? 0.9 : $0 == "g" ? growth : decay }
    }
  }
}
