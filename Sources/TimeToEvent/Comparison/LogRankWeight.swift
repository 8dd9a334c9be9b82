internal import Glibc

/// How much each time of events counts in a log-rank test.
///
/// All use the pooled sample (of the stratum): *n* at risk and *d* events at the time, and its
/// Kaplan-Meier estimate S(t−) just before it.
public enum LogRankWeight: Sendable, Hashable {
  /// 1. Best where hazards are proportional.
  ///
  /// ## References
  ///
  /// - Mantel N (1966). Evaluation of survival data and two new rank order statistics arising in
  ///   its consideration. *Cancer Chemother Rep* 50:163–170.
  case logRank

  /// *n* (Gehan, Breslow; SAS calls it Wilcoxon).
  ///
  /// ## References
  ///
  /// - Gehan EA (1965). A generalized Wilcoxon test for comparing arbitrarily singly-censored
  ///   samples. *Biometrika* 52:203–223.
  case gehan

  /// √*n*.
  ///
  /// ## References
  ///
  /// - Tarone RE, Ware J (1977). On distribution-free tests for equality of survival
  ///   distributions. *Biometrika* 64:156–160.
  case taroneWare

  /// S̃(t) = Π (1 − dᵢ / (nᵢ + 1)) over times up to and at *t*: what SAS and lifelines call Peto.
  ///
  /// R's `survdiff(rho = 1)`, which its help calls Peto and Peto's, is
  /// ``flemingHarrington(rho:gamma:)`` with 1 and 0; the two differ in the first digits.
  ///
  /// ## References
  ///
  /// - Peto R, Peto J (1972). Asymptotically efficient rank invariant test procedures.
  ///   *J R Stat Soc A* 135:185–207.
  case petoPeto

  /// S̃(t) *n* / (*n* + 1) (SAS's MODPETO).
  ///
  /// ## References
  ///
  /// - Andersen PK, Borgan Ø, Gill R, Keiding N (1982). Linear nonparametric tests for comparison
  ///   of counting processes. *Int Stat Rev* 50:219–258.
  case modifiedPetoPeto

  /// S(t−)^ρ (1 − S(t−))^γ: ρ > 0 weighs early differences more, γ > 0 late ones.
  ///
  /// ## References
  ///
  /// - Fleming TR, Harrington DP (1991). *Counting Processes and Survival Analysis*. Wiley,
  ///   section 7.1.
  case flemingHarrington(rho: Double, gamma: Double)
}

extension LogRankWeight {
  /// The name used in commands and results.
  public var name: String {
    switch self {
    case .logRank: "log-rank"
    case .gehan: "gehan-wilcoxon"
    case .taroneWare: "tarone-ware"
    case .petoPeto: "peto-peto"
    case .modifiedPetoPeto: "modified-peto-peto"
    case .flemingHarrington(let rho, let gamma):
      "fleming-harrington(\(Self.short(rho)),\(Self.short(gamma)))"
    }
  }

  private static func short(_ exponent: Double) -> String {
    let text = "\(exponent)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  func check() throws(TimeToEventError) {
    guard case .flemingHarrington(let rho, let gamma) = self else { return }
    guard rho >= 0, gamma >= 0, rho < .infinity, gamma < .infinity else {
      throw .unusableExponents(rho: rho, gamma: gamma)
    }
  }

  func value(_ pooled: PooledSurvival) -> Double {
    switch self {
    case .logRank: 1
    case .gehan: pooled.atRisk
    case .taroneWare: pooled.atRisk.squareRoot()
    case .petoPeto: pooled.peto
    case .modifiedPetoPeto: pooled.peto * pooled.atRisk / (pooled.atRisk + 1)
    case .flemingHarrington(let rho, let gamma):
      // pow(0, 0) is 1, which is what an exponent of 0 means.
      pow(pooled.before, rho) * pow(1 - pooled.before, gamma)
    }
  }
}

/// The pooled sample's survival at one time of events, for the weights.
struct PooledSurvival {
  /// S(t−).
  private(set) var before = 1.0
  private var after = 1.0
  /// S̃(t).
  private(set) var peto = 1.0
  private(set) var atRisk = 0.0

  mutating func advance(atRisk: Int, events: Int) {
    (self.atRisk, before) = (Double(atRisk), after)
    after *= Double(atRisk - events) / Double(atRisk)
    peto *= 1 - Double(events) / Double(atRisk + 1)
  }
}
