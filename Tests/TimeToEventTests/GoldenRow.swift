import Testing

@testable import TimeToEvent

struct GoldenRow: Decodable, Sendable, CustomTestStringConvertible {
  let function: String
  let inputs: [String: String]
  let quantity: String
  let expected: Double?
  let source: String

  /// Once survival is 0, lifelines gives limits of 0; R and this module give none.
  var isOtherConvention: Bool {
    expected == 0 && source.hasPrefix("lifelines") && ["lower", "upper"].contains(quantity)
  }

  var testDescription: String {
    "\(function) \(inputs.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }) \(quantity)"
  }

  func computed() throws -> Double? {
    switch function {
    case "km": try point()
    case "km_quantile": try quantile()
    case "logrank", "logrank_strat": try logRank()
    case "rmst": try restrictedMean()
    case "cox": try cox()
    case "cox_zph": try proportionalHazards()
    default: try #require(nil, "no function is called \(function)")
    }
  }

  private func input(_ name: String) throws -> String { try #require(inputs[name]) }

  private func number(_ name: String) throws -> Double { try #require(Double(input(name))) }

  /// The sample, those with missing covariates left out where its name lists them.
  private func sample() throws -> ReferenceSample {
    let parts = try input("data").split(separator: "_complete(")
    let sample = try ReferenceSample.named(String(parts[0]))
    guard parts.count > 1 else { return sample }
    return try sample.complete(parts[1].dropLast().split(separator: ",").map(String.init))
  }

  private func curve() throws -> KaplanMeier {
    let stratum = try input("stratum").split(separator: "=")
    guard stratum.count == 2 else { return KaplanMeier(try sample().eventTimes()) }
    return KaplanMeier(
      try sample().eventTimes(where: String(stratum[0]), is: String(stratum[1])))
  }

  private func scale() throws -> SurvivalLimits.Scale {
    try #require(SurvivalLimits.Scale(rawValue: input("conf")))
  }

  private func point() throws -> Double? {
    let point = try curve().point(at: number("t"))
    return switch quantity {
    case "surv": point.survival
    case "se": point.standardError
    case "n_risk": Double(point.atRisk)
    case "lower": try point.limits(scale())?.lower
    default: try point.limits(scale())?.upper
    }
  }

  private func quantile() throws -> Double? {
    let found = try curve().quantile(number("q"), scale: scale())
    return quantity == "time" ? found.time : quantity == "lower" ? found.lower : found.upper
  }

  private func logRank() throws -> Double {
    let sample = try sample()
    let rho = try inputs["rho"].map { try #require(Double($0)) } ?? 0
    let test = try LogRankTest(
      sample.eventTimes(), groups: ordered(sample, input("by")),
      strata: inputs["strata"].map(sample.grouping),
      weight: .flemingHarrington(rho: rho, gamma: 0))
    return switch quantity {
    case "chisq": test.statistic
    case "df": Double(test.degreesOfFreedom)
    case "p": test.pValue
    case "obs1": test.observed[0]
    case "exp1": test.expected[0]
    default: test.covariance[0][0]
    }
  }

  /// R's factor of cell types is in the order of its data.
  private func ordered(_ sample: ReferenceSample, _ name: String) throws -> Grouping {
    let groups = try sample.grouping(name)
    guard name == "celltype" else { return groups }
    let labels = ["squamous", "smallcell", "adeno", "large"]
    let codes = try groups.codes.map { try #require(labels.firstIndex(of: groups.labels[$0])) }
    return try Grouping(codes: codes, labels: labels)
  }

  private func restrictedMean() throws -> Double {
    let parts = quantity.split(separator: "_")
    let curve = KaplanMeier(
      try sample().eventTimes(where: input("by"), is: String(parts[1])))
    let mean = try curve.restrictedMean(to: number("tau"))
    return parts[0] == "se" ? mean.standardError : mean.mean
  }

  private func model(_ covariates: [String], _ ties: CoxTies) throws -> CoxModel {
    let sample = try sample()
    return try CoxModel(sample.eventTimes(), covariates.map(sample.covariate), ties: ties)
  }

  private func cox() throws -> Double {
    let covariates = try input("x").split(separator: "+").map(String.init)
    let model = try model(covariates, #require(CoxTies(rawValue: input("ties"))))
    let parts = quantity.split(separator: "_", maxSplits: 1)
    switch parts[0] {
    case "loglik0": return model.nullLogLikelihood
    case "loglik": return model.logLikelihood
    case "score": return model.scoreTest.statistic
    case "wald": return model.waldTest.statistic
    default:
      let coefficient = try #require(model.coefficients.first { $0.name == parts[1] })
      return parts[0] == "coef" ? coefficient.estimate : coefficient.standardError
    }
  }

  private func proportionalHazards() throws -> Double {
    let test = try model(["age", "sex", "ph.ecog"], .efron).proportionalHazardsTest()
    let name = quantity.dropFirst("chisq_".count)
    return test.terms.first { $0.name == name }?.test.statistic ?? test.global.statistic
  }
}
