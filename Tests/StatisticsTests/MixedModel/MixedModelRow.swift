import Statistics
import Testing

/// A model, its data, and what lme4 and lmerTest make of them.
struct MixedModelRow: Decodable, Sendable, CustomTestStringConvertible {
  struct Column: Decodable, Sendable {
    var name: String
    var values: [Double]
  }

  var name: String
  var criterion: LikelihoodCriterion
  var response: [Double]
  var subjects: [String]
  var fixed, random: [Column]
  var coefficients, standardErrors, degreesOfFreedom, pValues: [Double]
  var randomCovariance: [[Double]]
  var residualVariance, logLikelihood: Double
  var isSingular: Bool
  /// F, its two degrees of freedom and p, of all coefficients but the first.
  var joint: [Double]?

  var testDescription: String { name }

  func model() throws -> LinearMixedModel {
    try LinearMixedModel(
      response, fixed: fixed.map { DesignColumn($0.name, $0.values) },
      random: random.map { DesignColumn($0.name, $0.values) }, subjects: subjects,
      criterion: criterion)
  }
}
