/// Every backbone with every immune effect, and how probable they are together.
struct ForecastPoints {
  private let backbones: [Double]
  private let effect: ImmuneEffectGrid

  init(_ setting: ForecastSetting, _ effect: ImmuneEffectGrid) {
    let whole = setting.backbones.reduce(0) { $0 + $1.weight }
    backbones = setting.backbones.map { $0.weight / whole }
    self.effect = effect
  }

  /// The distribution of something that depends on the backbone's index and the effect.
  func distribution(_ value: (Int, Double) -> Double) -> ForecastDistribution {
    var (values, weights): ([Double], [Double]) = ([], [])
    for (index, backbone) in backbones.enumerated() {
      for (kill, weight) in zip(effect.killsPerDay, effect.weights) {
        values.append(value(index, kill))
        weights.append(backbone * weight)
      }
    }
    return ForecastDistribution(values: values, weights: weights)
  }

  func mean(_ value: (Int, Double) -> Double) -> Double { distribution(value).mean }

  /// Var(observed rate) = E[*p*(1 − *p*)/*n*] + Var(E[*p* | control]) + E[Var(*p* | control)], the
  /// last one Var(E[*p* | control, effect]) + E[Var(*p* | control, effect)]: what differs between
  /// effects where they were fitted, and between diseases given the effect.
  ///
  /// - Precondition: `original` is the effect that these points carry over.
  func contributions(
    ofTrial patients: Int, carriedFrom original: ImmuneEffectGrid, heterogeneity: Double,
    _ rate: (Int, Double) -> Double
  ) -> [ForecastContribution] {
    let control = ForecastDistribution(
      values: backbones.indices.map { index in own(index, rate).mean }, weights: backbones)
    var (effect, disease) = (0.0, 0.0)
    for (index, backbone) in backbones.enumerated() {
      let groups = original.killsPerDay.map { kill in
        let carried = ImmuneEffectGrid.carried(kill, heterogeneity: heterogeneity)
        return ForecastDistribution(
          values: carried.map { rate(index, $0) }, weights: carried.map { _ in 1 })
      }
      effect +=
        backbone
        * ForecastDistribution(values: groups.map(\.mean), weights: original.weights).variance
      disease +=
        backbone * zip(groups, original.weights).reduce(0) { $0 + $1.0.variance * $1.1 }
    }
    let sampling = mean { rate($0, $1) * (1 - rate($0, $1)) } / Double(patients)
    return [
      .init(source: .effect, variance: effect), .init(source: .disease, variance: disease),
      .init(source: .control, variance: control.variance),
      .init(source: .sampling, variance: sampling),
    ]
  }

  private func own(_ index: Int, _ rate: (Int, Double) -> Double) -> ForecastDistribution {
    ForecastDistribution(
      values: effect.killsPerDay.map { rate(index, $0) }, weights: effect.weights)
  }
}
