internal import Glibc

/// What is believed of an immune effect: how strong it is at full dose, and how it depends on dose.
///
/// Each dose response that may be true has a probability, and given it each strength has one. Both are
/// told apart by trials at different doses only; elsewhere the prior of the dose response stands.
package struct ImmuneEffect: Sendable, Hashable {
  /// One dose response that may be true.
  package struct Part: Sendable, Hashable {
    /// They add to 1.
    package let weight: Double
    /// *KI* at full dose.
    package let grid: ImmuneEffectGrid
  }

  package let parts: [Part]

  /// - Precondition: At least one part, every one with the same kills.
  init(_ parts: [(weight: Double, grid: ImmuneEffectGrid)]) {
    let whole = parts.reduce(0) { $0 + $1.weight }
    self.parts = parts.map { Part(weight: $0.weight / whole, grid: $0.grid) }
  }

  /// One dose response, as if it were known.
  package init(_ grid: ImmuneEffectGrid) { self.init([(1, grid)]) }

  /// *KI* at full dose, whatever the dose response.
  package var atFullDose: ImmuneEffectGrid {
    let kills = parts.first?.grid.killsPerDay ?? []
    return ImmuneEffectGrid(
      killsPerDay: kills,
      weights: kills.indices.map { place in
        parts.reduce(0) { $0 + $1.weight * $1.grid.weights[place] }
      })
  }

  package var probabilityOfNoEffect: Double { atFullDose.probabilityOfNoEffect }
}
