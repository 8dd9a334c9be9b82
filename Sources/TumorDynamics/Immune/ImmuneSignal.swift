/// How strongly the immune system answers an immunostimulant over time.
///
/// A dose enters a depot *S* that empties at *k*ᵢ into a chain of *n* transit compartments of mean
/// transit time MTT; the last one feeds *X*, which is lost at *k*ₒᵤₜ:
///
/// *S*′ = −*k*ᵢ*S*, *p*₁′ = *k*ₜᵣ(*k*ᵢ*S* − *p*₁), *p*ⱼ′ = *k*ₜᵣ(*p*ⱼ₋₁ − *p*ⱼ),
/// *X*′ = *p*ₙ − *k*ₒᵤₜ*X*, with *k*ₜᵣ = *n*/MTT.
///
/// *X*ₙ is *X* over its steady state **at full dose** (strength 1 every `intervalDays`), so that a
/// lower dose gives a lower signal. The system is linear: it is advanced by the exact exponential
/// of its matrix, not by steps.
///
/// ## References
///
/// - Savic RM, Jonker DM, Kerbusch T, Karlsson MO (2007). Implementation of a transit compartment
///   model for describing drug absorption in pharmacokinetic studies.
///   *J Pharmacokinet Pharmacodyn* 34:711–726.
package struct ImmuneSignal: Sendable, Hashable {
  package enum Input: Sendable, Hashable {
    /// A dose of strength `strength` (1 is the full dose) on each of the days.
    case doses(days: [Double], strength: Double)
    /// Doses of strengths of their own.
    case injections([Dose])
    /// The rate of full doses at the same interval, without a depot, until a day.
    case continuous(untilDay: Double, strength: Double)
  }

  package var input: Input
  /// Days between two doses, which with strength 1 define the steady state of 1.
  package var intervalDays: Double
  /// *k*ᵢ, per day.
  package var depotRate: Double
  /// MTT, in days.
  package var meanTransitDays: Double
  package var compartments: Int
  /// *k*ₒᵤₜ, per day.
  package var lossRate: Double

  /// The defaults are assumptions; that of `depotRate` is a half-life of three days.
  package init(
    _ input: Input, intervalDays: Double = 14, depotRate: Double = 0.231_049_060_186_648_4,
    meanTransitDays: Double = 84, compartments: Int = 4, lossRate: Double = 1 / 84.0
  ) {
    self.input = input
    self.intervalDays = intervalDays
    self.depotRate = depotRate
    self.meanTransitDays = meanTransitDays
    self.compartments = compartments
    self.lossRate = lossRate
  }

  /// *X*ₙ on each of the days.
  ///
  /// - Precondition: The days are not negative and in order of time.
  package func values(on days: [Double]) -> [Double] {
    states(on: days).map { $0[compartments + 1] * lossRate * intervalDays }
  }

  /// ∫ *X*ₙ from day 0 to each of the days, in days.
  ///
  /// - Precondition: The days are not negative and in order of time.
  package func cumulative(on days: [Double]) -> [Double] {
    states(on: days).map { $0[compartments + 2] * lossRate * intervalDays }
  }

  /// Depot, transit compartments, *X*, its integral, and the constant 1 that carries the input.
  private func states(on days: [Double]) -> [[Double]] {
    var state = [Double](repeating: 0, count: compartments + 4)
    state[compartments + 3] = 1
    var now = 0.0
    var states: [[Double]] = []
    var changes = events[...]
    var advances: [Advance: SquareMatrix] = [:]
    for day in days {
      while let event = changes.first, event.day <= day {
        state = advanced(state, from: now, to: event.day, &advances)
        now = max(now, event.day)
        state[0] += event.relative
        changes.removeFirst()
      }
      state = advanced(state, from: now, to: day, &advances)
      now = day
      states.append(state)
    }
    return states
  }

  /// What is injected, in order of time.
  var injections: [Dose] {
    switch input {
    case .doses(let days, let strength):
      days.sorted().map { Dose(day: $0, relative: strength) }
    case .injections(let doses): doses.sorted { $0.day < $1.day }
    case .continuous: []
    }
  }

  /// The days on which the input changes, in order of time.
  private var events: [Dose] {
    guard case .continuous(let untilDay, _) = input else { return injections }
    return [Dose(day: untilDay, relative: 0)]
  }

  /// What flows into the chain without a depot after a day, per day.
  func inflow(after day: Double) -> Double {
    guard case .continuous(let untilDay, let strength) = input, day < untilDay else { return 0 }
    return strength / intervalDays
  }

  /// A length of time under one inflow: schedules repeat few of them.
  private struct Advance: Hashable {
    let days, inflow: Double
  }

  private func advanced(
    _ state: [Double], from start: Double, to end: Double,
    _ advances: inout [Advance: SquareMatrix]
  ) -> [Double] {
    guard end > start else { return state }
    let advance = Advance(days: end - start, inflow: inflow(after: start))
    let matrix =
      advances[advance]
      ?? SquareMatrix.exponential(of: rates(inflow: advance.inflow), times: advance.days)
    advances[advance] = matrix
    return matrix.times(state)
  }

  private func rates(inflow: Double) -> SquareMatrix {
    let (signal, one) = (compartments + 1, compartments + 3)
    let transit = Double(compartments) / meanTransitDays
    var rates = SquareMatrix(order: compartments + 4)
    rates[0, 0] = -depotRate
    rates[1, 0] = transit * depotRate
    rates[1, one] = transit * inflow
    for compartment in 1...compartments {
      rates[compartment, compartment] = -transit
      if compartment > 1 { rates[compartment, compartment - 1] = transit }
    }
    rates[signal, compartments] = 1
    rates[signal, signal] = -lossRate
    rates[signal + 1, signal] = 1
    return rates
  }
}

extension ImmuneSignal {
  /// Refuses a chain nothing can pass through.
  func check() throws(TumorDynamicsError) {
    for (name, value) in [
      ("the days between immune doses", intervalDays), ("the depot's rate", depotRate),
      ("the mean transit time", meanTransitDays), ("the loss rate of the signal", lossRate),
      ("the number of transit compartments", Double(compartments)),
    ] {
      guard value > 0, value.isFinite else { throw .notPositive(name: name, value: value) }
    }
    try injections.check()
  }
}
