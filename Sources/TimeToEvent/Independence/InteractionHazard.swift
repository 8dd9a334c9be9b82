internal import Glibc

/// The hazard ratio of an observed combination over a predicted one: what of its effect the
/// prediction leaves to an interaction of the parts, in either direction.
///
/// Cox's model of the observed patients and of patients of the predicted curve, taken at the
/// quantiles (i − ½) / n, all followed to the shorter of the two follow-ups. The limits take the
/// predicted patients for as many real ones, and the copula's correlation for known.
///
/// ## References
///
/// - Hwangbo H, Patterson SC, Dai A, Plana D, Palmer AC (2023). Additivity predicts the efficacy of
///   most approved combination therapies for advanced cancer. *Nat Cancer* 4:1693–1704, Methods.
public struct InteractionHazard: Sendable, Hashable {
  /// As many as the published method takes of a predicted curve.
  public static let usualPatients = 500

  /// Of the observed combination over the predicted one; below 1 it did better than predicted.
  public let coefficient: CoxCoefficient
  /// The time all are followed to.
  public let horizon: Double
  public let observedEvents: Int
  public let predictedEvents: Int

  /// - Throws: ``TimeToEventError/unusablePatients(_:)`` unless `patients` lies from 10 to 100,000;
  ///   what ``CoxModel`` refuses, such as ``TimeToEventError/noEvents`` where nobody has the event
  ///   while both are followed.
  public init(
    observed: EventTimes, predicted: SurvivalFunction, patients: Int = usualPatients,
    until limit: Double = .infinity
  ) throws(TimeToEventError) {
    guard (10...100_000).contains(patients) else { throw .unusablePatients(patients) }
    let seen = observed.times
    horizon = min(predicted.knownTo, limit, seen.reduce(0, max))
    let drawn = predicted.patients(patients)
    var (times, occurred): ([Double], [Bool]) = ([], [])
    for (time, event) in zip(seen + drawn.times, observed.occurred + drawn.occurred) {
      times.append(min(time, horizon))
      occurred.append(event && time <= horizon)
    }
    observedEvents = occurred.prefix(seen.count).count { $0 }
    predictedEvents = occurred.count { $0 } - observedEvents
    let isObserved = times.indices.map { $0 < seen.count ? 1.0 : 0 }
    let model = try CoxModel(
      EventTimes(times: times, occurred: occurred), [Covariate("observed", isObserved)])
    coefficient = model.coefficients[0]
  }
}

extension SurvivalFunction {
  /// Patients at the quantiles (i − ½) / n of the curve; those beyond its end are censored there.
  public func patients(_ count: Int) -> (times: [Double], occurred: [Bool]) {
    var (times, occurred): ([Double], [Bool]) = ([], [])
    var step = 0
    for index in 0..<count {
      let height = 1 - (Double(index) + 0.5) / Double(count)
      while step < survival.count, survival[step] > height { step += 1 }
      occurred.append(step < survival.count)
      times.append(step < survival.count ? self.times[step] : knownTo)
    }
    return (times, occurred)
  }
}
