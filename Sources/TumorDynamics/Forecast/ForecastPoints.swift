/// Every backbone with every dose response and immune effect, and how probable they are together.
struct ForecastPoints {
  /// One immune effect as it may be at the trial's dose, in each disease it may be.
  private struct Carried {
    let weight: Double
    /// Each as probable.
    let killsPerDay: [Double]
  }

  private let backbones: [Double]
  /// By dose response.
  private let responses: [(weight: Double, effects: [Carried])]

  /// - Precondition: As many strengths as parts of the effect.
  init(
    _ setting: ForecastSetting, _ effect: ImmuneEffect, strengths: [Double], heterogeneity: Double
  ) {
    precondition(strengths.count == effect.parts.count, "a strength for each dose response")
    let whole = setting.backbones.reduce(0) { $0 + $1.weight }
    backbones = setting.backbones.map { $0.weight / whole }
    responses = zip(effect.parts, strengths).map { part, strength in
      let grid = part.grid.scaled(by: strength)
      return (
        part.weight,
        zip(grid.killsPerDay, grid.weights).map { kill, weight in
          Carried(
            weight: weight,
            killsPerDay: ImmuneEffectGrid.carried(kill, heterogeneity: heterogeneity))
        }
      )
    }
  }

  /// Every backbone's index with every effect it may meet, and their probability.
  private func forEach(_ body: (_ backbone: Int, _ kill: Double, _ weight: Double) -> Void) {
    for (index, backbone) in backbones.enumerated() {
      for response in responses {
        for effect in response.effects where effect.weight > 0 {
          let weight = backbone * response.weight * effect.weight / Double(effect.killsPerDay.count)
          for kill in effect.killsPerDay { body(index, kill, weight) }
        }
      }
    }
  }

  /// The distribution of something that depends on the backbone's index and the effect.
  func distribution(_ value: (Int, Double) -> Double) -> ForecastDistribution {
    var (values, weights): ([Double], [Double]) = ([], [])
    forEach { backbone, kill, weight in
      values.append(value(backbone, kill))
      weights.append(weight)
    }
    return ForecastDistribution(values: values, weights: weights)
  }

  func mean(_ value: (Int, Double) -> Double) -> Double {
    var (sum, whole) = (0.0, 0.0)
    forEach { backbone, kill, weight in
      sum += weight * value(backbone, kill)
      whole += weight
    }
    return sum / whole
  }

  /// Var(observed rate) = E[*p*(1 − *p*)/*n*] + Var(*p*), and Var(*p*) by the law of total variance:
  /// between controls, then between dose responses given the control, between effects given both,
  /// and between diseases given all three.
  func contributions(
    ofTrial patients: Int, _ rate: (Int, Double) -> Double
  ) -> [ForecastContribution] {
    var variances: [ForecastContribution.Source: Double] = [:]
    let controls = backbones.indices.map { index in
      let means = responses.map { response in
        let diseases = response.effects.map { effect in
          ForecastDistribution(
            values: effect.killsPerDay.map { rate(index, $0) },
            weights: effect.killsPerDay.map { _ in 1 })
        }
        let effects = ForecastDistribution(
          values: diseases.map(\.mean), weights: response.effects.map(\.weight))
        let weight = backbones[index] * response.weight
        variances[.effect, default: 0] += weight * effects.variance
        variances[.disease, default: 0] +=
          weight * zip(diseases, response.effects).reduce(0) { $0 + $1.0.variance * $1.1.weight }
        return effects.mean
      }
      let doses = ForecastDistribution(values: means, weights: responses.map(\.weight))
      variances[.dose, default: 0] += backbones[index] * doses.variance
      return doses.mean
    }
    variances[.control] = ForecastDistribution(values: controls, weights: backbones).variance
    variances[.sampling] = mean { rate($0, $1) * (1 - rate($0, $1)) } / Double(patients)
    return ForecastContribution.Source.allCases.map {
      ForecastContribution(source: $0, variance: variances[$0] ?? 0)
    }
  }
}
