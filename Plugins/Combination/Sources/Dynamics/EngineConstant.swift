import TumorDynamics

/// A constant of the tumor-dynamics engine that a definition may declare.
///
/// A regimen or an agent that does not declare one has the engine's own value, which is an
/// assumption wherever nothing published gives it.
enum EngineConstant: String, Sendable, CaseIterable {
  // Of a regimen.
  case growthRate = "growth_rate"
  case growthSpread = "growth_spread"
  case resistanceDecay = "resistance_decay"
  case decaySpread = "decay_spread"
  case killSpread = "kill_spread"
  case baselineSum = "baseline_sum"
  case baselineSpread = "baseline_spread"
  case measurementCV = "measurement_cv"
  case effectHalfLife = "effect_half_life"
  // Of an immune agent.
  case eliminationHalfLife = "elimination_half_life"
  case transitTime = "transit_time"
  case signalLifetime = "signal_lifetime"
  case halfDose = "half_dose"
  case halfDoseSpread = "half_dose_spread"
  case immuneSpread = "immune_kill_spread"
  case immuneCorrelation = "immune_kill_correlation"
  case effectMedian = "effect_median"
  case effectSpread = "effect_spread"

  static let ofRegimen: [Self] = [
    .growthRate, .growthSpread, .resistanceDecay, .decaySpread, .killSpread, .baselineSum,
    .baselineSpread, .measurementCV, .effectHalfLife,
  ]

  static let ofAgent: [Self] = [
    .eliminationHalfLife, .transitTime, .signalLifetime, .halfDose, .halfDoseSpread, .immuneSpread,
    .immuneCorrelation, .effectMedian, .effectSpread,
  ]

  /// Nothing where it is the unit of the agent's dose.
  var unit: String? {
    switch self {
    case .growthRate, .resistanceDecay, .effectMedian: "1/d"
    case .effectHalfLife, .eliminationHalfLife, .transitTime, .signalLifetime: "d"
    case .baselineSum: "mm"
    case .halfDose: nil
    default: "1"
    }
  }

  private var mayBeZero: Bool {
    switch self {
    case .baselineSum, .effectHalfLife, .eliminationHalfLife, .transitTime, .signalLifetime,
      .halfDose, .effectMedian, .effectSpread:
      false
    default: true
    }
  }

  /// What it may be.
  var range: ClosedRange<Double> {
    if self == .immuneCorrelation { return -1...1 }
    return (mayBeZero ? 0 : .leastNonzeroMagnitude)...1e6
  }

  /// The range in words.
  var expectation: String {
    if self == .immuneCorrelation { return "a number from -1 to 1" }
    return mayBeZero ? "a number, 0 or more" : "a number above 0"
  }
}

extension EngineConstant {
  /// What the engine takes where a definition is silent.
  var standard: ModelConstant {
    let model = ChemotherapyModel.standard
    func assumed(_ value: Double, _ reason: String) -> ModelConstant {
      ModelConstant(rawValue, value, unit: unit ?? "", .assumed, reason)
    }
    return switch self {
    case .growthRate: model.growth
    case .growthSpread: model.growthSpread
    case .decaySpread: model.decaySpread
    case .killSpread: model.killSpread
    case .baselineSum: model.baseline
    case .baselineSpread: model.baselineSpread
    case .measurementCV: model.measurementCV
    case .resistanceDecay:
      assumed(0.0193, "Claret 2014 (MONET1), carboplatin and paclitaxel in lung cancer")
    case .effectHalfLife:
      assumed(7, "how long a dose acts on the tumor; scans weeks apart cannot tell")
    case .eliminationHalfLife: assumed(3, "no pharmacokinetic model was found")
    case .transitTime: assumed(84, "carries the delay of the immune effect")
    case .signalLifetime: assumed(84, "as long as the delay")
    case .halfDose: assumed(0.2, "of the full dose; nothing published gives a dose response")
    case .halfDoseSpread: assumed(1.5, "SD of its logarithm: it may well be five times as much")
    case .immuneSpread: assumed(0.68, "as that of the chemotherapy's kill")
    case .immuneCorrelation: assumed(0.3, "nothing published identifies it; 0 to 0.6 are usual")
    case .effectMedian: assumed(0.003, "prior median of the immune kill at full dose, where any")
    case .effectSpread: assumed(1, "prior SD of its logarithm")
    }
  }
}
