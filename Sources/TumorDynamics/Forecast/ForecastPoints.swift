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
  /// last one split into what there is without differences between diseases and the rest.
  func contributions(
    ofTrial patients: Int, withoutDisease fixed: Self, _ rate: (Int, Double) -> Double
  ) -> [ForecastContribution] {
    let control = ForecastDistribution(
      values: backbones.indices.map { index in own(index, rate).mean }, weights: backbones)
    let within = within(rate)
    let effect = fixed.within(rate)
    let sampling = mean { rate($0, $1) * (1 - rate($0, $1)) } / Double(patients)
    return [
      .init(source: .effect, variance: effect), .init(source: .disease, variance: within - effect),
      .init(source: .control, variance: control.variance),
      .init(source: .sampling, variance: sampling),
    ]
  }

  /// The mean over backbones of the variance between effects.
  private func within(_ rate: (Int, Double) -> Double) -> Double {
    backbones.indices.reduce(0) { $0 + backbones[$1] * own($1, rate).variance }
  }

  private func own(_ index: Int, _ rate: (Int, Double) -> Double) -> ForecastDistribution {
    ForecastDistribution(
      values: effect.killsPerDay.map { rate(index, $0) }, weights: effect.weights)
  }
}
