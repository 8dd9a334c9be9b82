internal import Glibc

/// How strongly an immune agent acts at a dose, from 0 to 1.
package enum DoseResponse: Sendable, Hashable {
  /// As strongly at every dose.
  case flat
  /// *g*(*d*) = *d*ʰ/(ED50ʰ + *d*ʰ).
  case hill(halfDose: Double, exponent: Double)

  /// *g* at a dose, in the unit of ED50; 0 without a dose.
  ///
  /// A ``Dose`` of an immune agent carries this as its relative amount, so that the immune signal
  /// stays normalized at *g* = 1 and a lower dose gives a lower signal.
  package func strength(at dose: Double) -> Double {
    guard dose > 0 else { return 0 }
    switch self {
    case .flat: return 1
    case .hill(let halfDose, let exponent):
      return 1 / (1 + exp(exponent * log(halfDose / dose)))
    }
  }
}
