internal import Glibc
internal import Statistics

/// A ``GrowthModel`` fitted to one patient by least squares, every rate and φ between 0 and 1.
///
/// Standard errors are those of nonlinear least squares, *s*²(JᵀJ)⁻¹ with *s*² the residual sum of
/// squares over *n* − *p*; *p*-values are two-sided on *n* − *p* degrees of freedom, also for an
/// estimate at a bound, as R's `nls` has it.
package struct GrowthFit: Sendable, Hashable {
  package struct Estimate: Sendable, Hashable {
    package let name: String
    package let value, standardError, pValue: Double
  }

  package let model: GrowthModel
  package let estimates: [Estimate]
  package let residualSumOfSquares: Double
  /// Akaike's information criterion with *p* parameters, the variance not counted, as tumgr has it.
  package let aic: Double

  /// Nothing where the model has as many parameters as there are measurements after time 0, at
  /// which every model is 1 and so fits anything, or where no search converges.
  ///
  /// - Parameters:
  ///   - model: What to fit.
  ///   - series: The measurements.
  ///   - firstDay: The time of the first measurement: 0 by definition of the models, 1 in tumgr.
  package init?(_ model: GrowthModel, to series: SizeSeries, firstDay: Double = 0) {
    let points = series.relative(firstDay: firstDay)
    let degreesOfFreedom = points.count - model.parameters.count
    guard series.exclusion == nil, points.count(where: { $0.day > 0 }) > model.parameters.count
    else { return nil }
    let problem = BoundedLeastSquares(dimension: model.parameters.count) { parameters in
      points.map { point in
        let found = model.value(parameters, at: point.day)
        return (found.value - point.size, found.gradient)
      }
    }
    let minima = model.starts.compactMap(problem.minimum(from:))
    guard let best = minima.min(by: { $0.sumOfSquares < $1.sumOfSquares }),
      let inverse = problem.inverseInformation(at: best.parameters)
    else { return nil }
    self.model = model
    residualSumOfSquares = best.sumOfSquares
    let count = Double(points.count)
    aic =
      count * (log(2 * .pi) + 1 + log(best.sumOfSquares / count))
      + 2 * Double(model.parameters.count)
    let variance = best.sumOfSquares / Double(degreesOfFreedom)
    estimates = zip(model.parameters, best.parameters).enumerated().map { index, parameter in
      let error = (variance * inverse[index][index]).squareRoot()
      let t = parameter.1.magnitude / error
      return Estimate(
        name: parameter.0, value: parameter.1, standardError: error,
        pValue: parameter.1 == 0 ? 1 : 2 * studentUpperTail(t, Double(degreesOfFreedom)))
    }
  }

  /// The estimate of a parameter the model has.
  package subscript(name: String) -> Double? { estimates.first { $0.name == name }?.value }

  /// Whether every parameter differs from 0.
  package func isSignificant(at level: Double) -> Bool {
    estimates.allSatisfy { $0.pValue < level }
  }
}

extension GrowthFit {
  /// The model that describes a patient best: of those in which every parameter is significant the
  /// one with the smallest AIC, as CRAN's tumgr selects; nothing where there is none.
  ///
  /// Searches start in several places and the best minimum counts, so that a model may be found
  /// where tumgr's single search ends in a worse one. Its first measurement is on day 1, too.
  package static func selected(
    for series: SizeSeries, level: Double = 0.05, firstDay: Double = 1
  ) -> GrowthFit? {
    GrowthModel.exponential
      .compactMap { GrowthFit($0, to: series, firstDay: firstDay) }
      .filter { $0.isSignificant(at: level) }
      .min { $0.aic < $1.aic }
  }
}
