/// Everything the module refuses to compute.
public enum TimeToEventError: Error, Hashable {
  case noSubjects
  case tooManySubjects(Int, limit: Int)
  /// A time that is negative or not finite.
  case unusableTime(Double, index: Int)
  case unequalColumn(String, values: Int, subjects: Int)
  case unknownGroup(Int, groups: Int)
  case tooFewGroups(Int)
  case tooManyGroups(Int, limit: Int)
  case notTwoGroups(Int)
  /// Subgroups in which both groups can be compared.
  case tooFewSubgroups(Int)
  case levelOutOfRange(Double)
  case probabilityOutOfRange(Double)
  case unusableWeights(Int, limit: Int)
  case unusableExponents(rho: Double, gamma: Double)
  /// No event happened while two groups were at risk, so nothing tells them apart.
  case nothingToCompare
  case noEvents
  case noCovariates
  case tooManyColumns(Int, limit: Int)
  case unusableCovariate(String, value: Double, index: Int)
  case constantColumn(String)
  /// A column that, among those at risk at the events, is a combination of the ones before it, or
  /// does not vary.
  case dependentColumn(String)
  /// The likelihood of a Cox model grows without end along a coefficient.
  case infiniteCoefficient(String, rises: Bool)
  case coxDidNotConverge(iterations: Int)
  case eventAtTimeZero
  case noChangeToTest
  case tooManyTies(events: Int, atRisk: Int)
  /// A mean up to a time past the last observation.
  case horizonBeyondFollowUp(Double, last: Double)
  case unusableHorizon(Double)
  case unusableMedian(Double)
  case noFollowUp
  case unusableLandmark(Double)
  case nobodyAtLandmark(Double)
  case unusableResponse(Double, index: Int)
  case unusableInterval(Double, Double, index: Int)
  case turnbullDidNotConverge(gap: Double)
  case unusableCurve(String)
  case rankCorrelationOutOfRange(Double)
  /// A first scan at a time that is negative or not finite.
  case unusableScan(Double)
  case tooManySteps(Int, Int, limit: Int)
  /// Of a predicted curve.
  case unusablePatients(Int)
}

extension TimeToEventError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSubjects: "there is no subject to analyze"
    case .tooManySubjects(let subjects, let limit):
      "at most \(limit) subjects can be analyzed together, not \(subjects)"
    case .unusableTime(let time, let index):
      "the time of subject \(index + 1) must be a finite number of at least 0, not \(time)"
    case .unequalColumn(let name, let values, let subjects):
      "the column \(name) has \(values) values for \(subjects) subjects"
    case .unknownGroup(let group, let groups):
      "\(group) is not one of \(groups) groups counted from 0"
    case .tooFewGroups(let groups): "at least two groups are needed, not \(groups)"
    case .tooManyGroups(let groups, let limit):
      "at most \(limit) groups can be compared in one test, not \(groups)"
    case .tooFewSubgroups(let subgroups):
      "an interaction needs two subgroups that hold both groups, not \(subgroups)"
    case .notTwoGroups(let groups): "this needs exactly two groups, not \(groups)"
    case .levelOutOfRange(let level):
      "the confidence level must lie strictly between 0 and 1, not \(level)"
    case .probabilityOutOfRange(let probability):
      "the probability of a quantile must lie strictly between 0 and 1, not \(probability)"
    case .unusableExponents(let rho, let gamma):
      "the exponents of a Fleming-Harrington weight must be finite and at least 0, not \(rho)"
        + " and \(gamma)"
    case .unusableWeights(let weights, let limit):
      "a MaxCombo test combines 1 to \(limit) weights, not \(weights)"
    case .nothingToCompare:
      "no event happened while two groups were at risk, so they cannot be compared"
    case .noEvents: "no event happened, so there is nothing to model"
    case .noCovariates: "a regression needs at least one covariate"
    case .tooManyColumns(let columns, let limit):
      "a regression takes at most \(limit) columns, not \(columns)"
    case .unusableCovariate(let name, let value, let index):
      "the covariate \(name) of subject \(index + 1) must be a finite number, not \(value)"
    case .constantColumn(let name): "the covariate \(name) is the same for all subjects"
    case .dependentColumn(let name):
      "among the subjects at risk at the events, the covariate \(name) does not vary or is a"
        + " combination of the covariates before it"
    case .infiniteCoefficient(let name, let rises):
      "the hazard ratio of \(name) is \(rises ? "infinite" : "0"): the larger its coefficient"
        + " becomes in that direction, the likelier the data"
    case .coxDidNotConverge(let iterations):
      "the Cox model did not converge in \(iterations) steps"
    case .eventAtTimeZero: "an event at time 0 has no logarithm of time"
    case .noChangeToTest:
      "the events are at too few times to tell whether hazards are proportional"
    case .tooManyTies(let events, let atRisk):
      "the exact likelihood of \(events) events at one time among \(atRisk) at risk takes too"
        + " long; use efron"
    case .horizonBeyondFollowUp(let horizon, let last):
      "a mean up to \(horizon) cannot be estimated: the last subject was followed to \(last)"
    case .unusableHorizon(let horizon):
      "a mean must be restricted to a finite time above 0, not \(horizon)"
    case .unusableMedian(let median):
      "the historical median must be a finite time above 0, not \(median)"
    case .noFollowUp: "no subject was followed for any time"
    case .unusableLandmark(let time):
      "the landmark must be a finite time of at least 0, not \(time)"
    case .nobodyAtLandmark(let time): "no subject was followed to the landmark at \(time)"
    case .unusableResponse(let time, let index):
      "the response of subject \(index + 1) must lie between 0 and the end of its follow-up, unlike"
        + " \(time)"
    case .unusableInterval(let lower, let upper, let index):
      "the event of subject \(index + 1) cannot lie between \(lower) and \(upper)"
    case .turnbullDidNotConverge(let gap):
      "Turnbull's estimate did not converge; its condition is missed by \(gap)"
    case .unusableCurve(let problem): "a published curve \(problem)"
    case .rankCorrelationOutOfRange(let correlation):
      "the rank correlation must lie from -1 to 1, not \(correlation)"
    case .unusableScan(let time):
      "a first scan must be at a finite time of at least 0, not \(time)"
    case .tooManySteps(let first, let second, let limit):
      "curves of \(first) and \(second) steps have more than \(limit) pairs of them"
    case .unusablePatients(let patients):
      "a predicted curve is compared as 10 to 100000 patients, not \(patients)"
    }
  }
}
