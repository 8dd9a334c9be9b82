/// Any number of drugs on their own schedules, an immunostimulant, and how their kills combine.
///
/// d ln *y*/d*t* = *KL* − combine(Σⱼ *KD*ⱼ*e*ⱼ(*t*) exp(−λⱼ*t*), *KI X*ₙ(*t*)).
package struct CombinationTreatment: Sendable, Hashable {
  package var drugs: [DosedDrug]
  package var immune: ImmuneKill?
  package var combination: KillCombination
  /// σ: what enters the chain of the immune signal is multiplied by 1 + σ · (kill of the
  /// chemotherapy)/(Σ median *KD*), as if dying cells released antigen; 0 without priming.
  package var priming: Double
  /// The share of patients in whom the immune system acts at all; *KI* = 0 in the others.
  package var responderShare: Double

  package init(
    drugs: [DosedDrug], immune: ImmuneKill? = nil, combination: KillCombination = .additive,
    priming: Double = 0, responderShare: Double = 1
  ) {
    self.drugs = drugs
    self.immune = immune
    self.combination = combination
    self.priming = priming
    self.responderShare = responderShare
  }

  /// Whether ln *y* is a sum of integrals known in closed form.
  package var isClosedForm: Bool {
    immune == nil || (combination == .additive && priming == 0)
  }

  /// Σ median *KD*.
  package var killPerDay: Double { drugs.reduce(0) { $0 + $1.killPerDay } }

  /// The same with every drug's kill rate multiplied, their ratios kept.
  package func scalingKill(by factor: Double) -> Self {
    var treatment = self
    for index in drugs.indices { treatment.drugs[index].killPerDay *= factor }
    return treatment
  }

  /// Refuses rates nothing can be simulated with.
  package func check() throws(TumorDynamicsError) {
    let names = drugs.map(\.name)
    guard Set(names).count == names.count else { throw .twoDrugsWithOneName(names) }
    for drug in drugs {
      try Self.check("the kill rate of \(drug.name)", drug.killPerDay)
      try Self.check("the decay rate of \(drug.name)", drug.decayPerDay)
    }
    try Self.check("priming", priming)
    guard (0...1).contains(responderShare) else { throw .shareOutOfRange(responderShare) }
    if case .greco(let interaction) = combination, !interaction.isFinite {
      throw .unusableConstant(name: "the interaction", value: interaction)
    }
    guard priming == 0 || killPerDay > 0 else { throw .primingWithoutKill }
    try immune?.check()
  }

  private static func check(_ name: String, _ value: Double) throws(TumorDynamicsError) {
    guard value >= 0, value.isFinite else { throw .unusableConstant(name: name, value: value) }
  }
}
