/// A number a model depends on, and where it comes from.
package struct ModelConstant: Sendable, Hashable {
  package enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
    /// Read in a published source.
    case published
    /// Solved so that simulations meet a published result.
    case calibrated
    /// Chosen, because no data at hand say otherwise.
    case assumed
  }

  package let name: String
  package var value: Double
  package let unit: String
  package let basis: Basis
  /// The source, or why the value was chosen.
  package let source: String

  package init(_ name: String, _ value: Double, unit: String, _ basis: Basis, _ source: String) {
    self.name = name
    self.value = value
    self.unit = unit
    self.basis = basis
    self.source = source
  }

  /// The same constant with a value somebody chose.
  package func assuming(_ value: Double, because reason: String) -> Self {
    Self(name, value, unit: unit, .assumed, reason)
  }
}
