internal import Glibc

/// The differential equations of one patient: ln *y*, the depot, the transit compartments and *X*.
struct KillEquations {
  private let treatment: CombinationTreatment
  private let rates: PatientRates
  private let signal: ImmuneSignal
  private let medianKill: Double

  /// An immune signal is needed even where nothing is injected.
  init(_ treatment: CombinationTreatment, _ rates: PatientRates) {
    self.treatment = treatment
    self.rates = rates
    signal = treatment.immune?.signal ?? ImmuneSignal(.doses(days: [], strength: 0))
    medianKill = treatment.killPerDay
  }

  func logChanges(on days: [Double], tolerance: Double) throws(TumorDynamicsError) -> [Double] {
    switch signal.compartments {
    case ...1: solved(SIMD4<Double>(), days, tolerance)
    case ...5: solved(SIMD8<Double>(), days, tolerance)
    case ...13: solved(SIMD16<Double>(), days, tolerance)
    default: throw .tooManyCompartments(signal.compartments)
    }
  }

  /// From one change of input to the next; a dose on the day of a scan counts from then.
  private func solved<State: SIMD<Double>>(
    _ start: State, _ days: [Double], _ tolerance: Double
  ) -> [Double] {
    let solver = DormandPrince(tolerance: tolerance)
    var state = start
    var now = 0.0
    var scans = days[...]
    var changes: [Double] = []
    let depot = signal.injections
    for stop in stops(days) {
      let amounts = amounts(at: now)
      let inflow = signal.inflow(after: now)
      let began = now
      state = solver.solve(state, from: now, to: stop) { day, state in
        slope(state, day: day, kill: chemotherapy(day, since: began, amounts), inflow: inflow)
      }
      now = stop
      while scans.first == stop {
        changes.append(state[0])
        scans.removeFirst()
      }
      for dose in depot where dose.day == stop { state[1] += dose.relative }
    }
    return changes
  }

  /// Every day on which something is given, changes or is looked at, in order.
  private func stops(_ days: [Double]) -> [Double] {
    var stops = Set(days)
    for case .doses(let compartment) in treatment.drugs.map(\.exposure) {
      stops.formUnion(compartment.doses.map(\.day))
    }
    stops.formUnion(signal.injections.map(\.day))
    if case .continuous(let untilDay, _) = signal.input { stops.insert(untilDay) }
    return stops.filter { $0 <= (days.last ?? 0) }.sorted()
  }

  /// What each effect compartment holds after a day's doses; 1 for constant exposure.
  private func amounts(at day: Double) -> [Double] {
    treatment.drugs.map { drug in
      guard case .doses(let compartment) = drug.exposure else { return 1 }
      return compartment.amount(at: day) * compartment.scale
    }
  }

  /// Σⱼ *KD*ⱼ*e*ⱼ(*t*) exp(−λⱼ*t*), with no dose since `start`.
  private func chemotherapy(_ day: Double, since start: Double, _ amounts: [Double]) -> Double {
    var kill = 0.0
    for (index, drug) in treatment.drugs.enumerated() {
      var exponent = -rates.decaysPerDay[index] * day
      if case .doses(let compartment) = drug.exposure {
        exponent -= compartment.eliminationPerDay * (day - start)
      }
      kill += rates.killsPerDay[index] * amounts[index] * exp(exponent)
    }
    return kill
  }

  private func slope<State: SIMD<Double>>(
    _ state: State, day: Double, kill: Double, inflow: Double
  ) -> State {
    let last = signal.compartments + 1
    let transit = Double(signal.compartments) / signal.meanTransitDays
    let primed =
      treatment.priming == 0 ? 1 : 1 + treatment.priming * kill / medianKill
    let immune = rates.immuneKillPerDay * state[last + 1] * signal.lossRate * signal.intervalDays
    var slope = State()
    slope[0] =
      rates.growthPerDay - treatment.combination.kill(chemotherapy: kill, immune: immune)
    slope[1] = -signal.depotRate * state[1]
    slope[2] = transit * ((signal.depotRate * state[1] + inflow) * primed - state[2])
    for place in stride(from: 3, through: last, by: 1) {
      slope[place] = transit * (state[place - 1] - state[place])
    }
    slope[last + 1] = state[last] - signal.lossRate * state[last + 1]
    return slope
  }
}
