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
    for day in days {
      while let event = changes.first, event.day <= day {
        state = advanced(state, from: now, to: event.day)
        now = max(now, event.day)
        state[0] += event.dose
        changes.removeFirst()
      }
      state = advanced(state, from: now, to: day)
      now = day
      states.append(state)
    }
    return states
  }

  /// The days on which the input changes, in order of time.
  private var events: [(day: Double, dose: Double)] {
    switch input {
    case .doses(let days, let strength): days.sorted().map { ($0, strength) }
    case .continuous(let untilDay, _): [(untilDay, 0)]
    }
  }

  private func advanced(_ state: [Double], from start: Double, to end: Double) -> [Double] {
    guard end > start else { return state }
    var inflow = 0.0
    if case .continuous(let untilDay, let strength) = input, start < untilDay {
      inflow = strength / intervalDays
    }
    return SquareMatrix.exponential(of: rates(inflow: inflow), times: end - start).times(state)
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
