internal import Glibc

/// What all patients share of one drug: which days follow which, and what is left of its doses.
///
/// With *D* = exp(−λ*t*) and *S* = Σ (dose) exp(−λ*s*) over the doses before, the exposure of
/// ``EffectCompartment`` is (*S* − *D A*(*t*))/(*k*ᴅᴇ + λ). *A* is the same for everybody, and *D*
/// moves from day to day by a factor of which a regular schedule has few.
struct DrugTimeline: Sendable {
  struct Step: Sendable {
    /// Which of the gaps leads here from the step before.
    let gap: Int
    /// The index of the scan on this day, or −1.
    let scan: Int
    /// *A* on the day, before what is given on it.
    let amount: Double
    /// What is given on the day.
    let dose: Double
  }

  /// Different numbers of days from one step to the next.
  let gaps: [Double]
  let steps: [Step]
  private let eliminationPerDay, scale: Double
  private let isConstant: Bool
  private let days: [Double]

  init(_ exposure: DrugExposure, days: [Double]) {
    var doses: [Dose] = []
    var compartment: EffectCompartment?
    if case .doses(let own) = exposure { (compartment, doses) = (own, own.doses) }
    eliminationPerDay = compartment?.eliminationPerDay ?? 0
    scale = compartment?.scale ?? 1
    self.days = days
    let last = days.last ?? 0
    let stops = Set([0] + days + doses.map(\.day).filter { $0 < last }).sorted()
    var gaps: [Double] = []
    var steps: [Step] = []
    for (index, day) in stops.enumerated() {
      let gap = index == 0 ? 0 : day - stops[index - 1]
      if !gaps.contains(gap) { gaps.append(gap) }
      // Constant exposure is one unit on day 0 that is never eliminated.
      let given =
        compartment == nil
        ? (index == 0 ? 1 : 0) : doses.reduce(0) { $1.day == day ? $0 + $1.relative : $0 }
      steps.append(
        Step(
          gap: gaps.firstIndex(of: gap) ?? 0, scan: days.firstIndex(of: day) ?? -1,
          amount: (compartment?.amount(at: day) ?? 1) - given, dose: given))
    }
    self.gaps = gaps
    self.steps = steps
    isConstant = compartment == nil
  }

  /// Takes the kill of these blocks of eight patients until each scan off their log changes, which
  /// lie scan by scan.
  func subtract(
    kills: [SIMD8<Double>], decays: [SIMD8<Double>], _ blocks: Range<Int>,
    from changes: inout [SIMD8<Double>]
  ) {
    var factors = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: gaps.count)
    for (place, block) in blocks.enumerated() {
      let (kill, decay) = (kills[block], decays[block])
      guard !isConstant || decay.min() > 1e-4 else {
        subtractSlowly(kill: kill, decay: decay, at: place, of: blocks.count, from: &changes)
        continue
      }
      for (index, gap) in gaps.enumerated() { factors[index] = exponential(decay * -gap) }
      let weight = kill * scale / (decay + eliminationPerDay)
      var left = SIMD8<Double>(repeating: 1)
      var given = SIMD8<Double>(repeating: 0)
      for step in steps {
        left *= factors[step.gap]
        if step.scan >= 0 {
          changes[step.scan * blocks.count + place] -= weight * (given - left * step.amount)
        }
        given += left * step.dose
      }
    }
  }

  /// The same for constant exposure, where 1 − exp(−λ*t*) would cancel.
  private func subtractSlowly(
    kill: SIMD8<Double>, decay: SIMD8<Double>, at place: Int, of count: Int,
    from changes: inout [SIMD8<Double>]
  ) {
    for (index, day) in days.enumerated() {
      for lane in 0..<8 {
        changes[index * count + place][lane] -=
          kill[lane] * ClaretModel.exposure(decayPerDay: decay[lane], until: day)
      }
    }
  }
}
