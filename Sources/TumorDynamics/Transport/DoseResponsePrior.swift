internal import Glibc
internal import TrialDesign

/// What is believed of how an immune effect depends on its dose, before any trial is looked at.
///
/// *g*(*d*) = *d*/(ED50 + *d*), with a log-normal ED50. Strengths are relative to the full dose, at
/// which they are 1, whatever ED50: *KI* is the kill at full dose. Median and spread of ED50 are
/// assumptions, as no published trial of one agent compares enough doses.
package struct DoseResponsePrior: Sendable, Hashable {
  /// The dose at which *KI* is defined.
  package var fullDose: Double
  /// The median of ED50, in the unit of the dose.
  package var halfDose: Double
  /// The standard deviation of ln ED50.
  package var spread: Double

  package init(fullDose: Double, halfDose: Double, spread: Double) {
    self.fullDose = fullDose
    self.halfDose = halfDose
    self.spread = spread
  }

  /// So many values of ED50 stand for its distribution, each the middle of a part of it that is as
  /// probable as the others.
  package static let points = 5

  /// The possible values of ED50, each as probable.
  package var halfDoses: [Double] {
    (0..<Self.points).map { place in
      let tail = (Double(place) + 0.5) / Double(Self.points)
      return halfDose * exp(spread * standardNormalQuantile(tail))
    }
  }

  /// How strong the effect is at a dose, over that at full dose: one number for each ED50.
  package func strengths(at dose: Double) -> [Double] {
    halfDoses.map { strength(at: dose, halfDose: $0) }
  }

  /// The same at the median ED50.
  package func medianStrength(at dose: Double) -> Double { strength(at: dose, halfDose: halfDose) }

  private func strength(at dose: Double, halfDose: Double) -> Double {
    let response = DoseResponse.hill(halfDose: halfDose, exponent: 1)
    return response.strength(at: dose) / response.strength(at: fullDose)
  }
}
