internal import CRmath

/// The response rate a combination would have if its parts did not interact, from those of its
/// parts.
///
/// On response rates only: a threshold such as a 30 % decrease makes purely additive cell kill
/// exceed ``bliss`` by 6 to 10 points in simulations with 25 to 39 % for the chemotherapy and 5 to
/// 20 % for the agent, so that an excess over it is no proof of synergy.
public enum ResponseNull: Sendable, Hashable {
  /// The better part alone: max(p₁, p₂). A patient who responds to one responds to the other, as
  /// far as the rates allow.
  case highestSingleAgent
  /// Responses to the parts are independent: p₁ + p₂ − p₁ p₂.
  ///
  /// ## References
  ///
  /// - Bliss CI (1939). The toxicity of poisons applied jointly. *Ann Appl Biol* 26:585–615.
  case bliss
  /// The rates add up, to 1 at most: no patient responds to both. Fréchet's upper bound.
  case simpleSum
  /// Independent drug action with a latent (tetrachoric) correlation between the sensitivities
  /// to the parts: 1 − Φ₂(z₁, z₂; ρ) with zᵢ = Φ⁻¹(1 − pᵢ).
  ///
  /// A correlation of 0 is ``bliss``, of 1 ``highestSingleAgent``, of −1 ``simpleSum``.
  ///
  /// ## References
  ///
  /// - Palmer AC, Sorger PK (2017). Combination cancer therapy can confer benefit via
  ///   patient-to-patient variability without drug additivity or synergy. *Cell* 171:1678–1691.
  case correlated(BivariateNormal)

  /// The same null without a correlation where that is 0, 1 or −1.
  var plain: Self {
    guard case .correlated(let normal) = self else { return self }
    return switch normal.correlation {
    case 0: .bliss
    case 1: .highestSingleAgent
    case -1: .simpleSum
    default: self
    }
  }

  /// The combination's response rate.
  ///
  /// Both rates lie from 0 to 1.
  public func rate(_ first: Double, _ second: Double) -> Double {
    switch self {
    case .highestSingleAgent: max(first, second)
    case .bliss: first + second * (1 - first)
    case .simpleSum: min(1, first + second)
    case .correlated(let normal):
      first + second
        - normal.upperTail(normalDeviate(upperTail: first), normalDeviate(upperTail: second))
    }
  }

  /// The derivatives of ``rate(_:_:)`` by the first and the second rate.
  ///
  /// Where the best single agent changes, each rate counts half.
  package func slopes(_ first: Double, _ second: Double) -> (first: Double, second: Double) {
    switch self {
    case .highestSingleAgent:
      first == second ? (0.5, 0.5) : first > second ? (1, 0) : (0, 1)
    case .bliss: (1 - second, 1 - first)
    case .simpleSum: first + second > 1 ? (0, 0) : (1, 1)
    case .correlated(let normal): slopes(first, second, normal)
    }
  }

  private func slopes(
    _ first: Double, _ second: Double, _ normal: BivariateNormal
  ) -> (first: Double, second: Double) {
    if normal.correlation == 1 { return Self.highestSingleAgent.slopes(first, second) }
    if normal.correlation == -1 { return Self.simpleSum.slopes(first, second) }
    let (x, y) = (normalDeviate(upperTail: first), normalDeviate(upperTail: second))
    return (normal.lowerTail(y, given: x), normal.lowerTail(x, given: y))
  }

  /// The second rate at which ``rate(_:_:)`` has a bend, where it has one.
  func bend(beside first: Double) -> Double? {
    switch self {
    case .highestSingleAgent: first
    case .simpleSum: 1 - first
    case .bliss: nil
    case .correlated(let normal):
      normal.correlation == 1 ? first : normal.correlation == -1 ? 1 - first : nil
    }
  }

  /// The second part's rate at which the combination would have the rate observed, without any
  /// interaction; nil where no rate gives it.
  ///
  /// For ``bliss`` 1 − (1 − p) / (1 − p₁).
  public func impliedRate(of combination: Double, beside first: Double) -> Double? {
    switch self {
    case .bliss:
      return combination < first || first == 1 ? nil : (combination - first) / (1 - first)
    case .highestSingleAgent: return combination > first ? combination : nil
    case .simpleSum: return combination < first ? nil : combination - first
    case .correlated:
      guard rate(first, 0) <= combination, combination <= rate(first, 1) else { return nil }
      return bracketedRoot(between: 0, and: 1) { rate(first, $0) - combination }
    }
  }
}
