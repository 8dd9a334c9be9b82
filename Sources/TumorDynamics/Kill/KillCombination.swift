/// How the kill of the chemotherapy and that of the immune system become one.
package enum KillCombination: Sendable, Hashable {
  /// *K*c + *K*i: Bliss independence of the survival of tumor cells.
  case additive
  /// max(*K*c, *K*i): the highest single agent (HSA) at every moment.
  case highestSingleAgent
  /// *K*c + *K*i + ψ√(*K*c*K*i), after Greco: synergy where ψ > 0, antagonism where ψ < 0.
  ///
  /// ψ is an assumption unless both agents were tried alone and together.
  case greco(interaction: Double)

  package func kill(chemotherapy: Double, immune: Double) -> Double {
    switch self {
    case .additive: chemotherapy + immune
    case .highestSingleAgent: max(chemotherapy, immune)
    case .greco(let interaction):
      chemotherapy + immune + interaction * (max(chemotherapy * immune, 0)).squareRoot()
    }
  }
}
