/// The target lesions of one patient, as one reader follows them.
///
/// Give it the baseline, then each assessment in the order of time; it keeps the nadir and
/// whether there was a complete response.
///
/// Judged in this order: everything resolved is CR, even where normal nodes grew below 10 mm; a
/// lesion back after CR is PD; a sum at least 20 % and 5 mm over the nadir is PD, before any PR
/// is looked for; a sum at least 30 % under baseline is PR; the rest is SD. With a lesion not
/// measured the response is NE, unless the measured ones alone show PD. Only complete sums move
/// the nadir.
///
/// ## References
///
/// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, sections 4.3.1, 4.4.
public struct TargetFollowUp: Sendable {
  public let lesions: [TargetLesion]
  public let criteria: ResponseCriteria
  /// The sum of diameters before treatment, or nothing when a lesion was not measured.
  public let baseline: Millimeters?
  public private(set) var nadir: Millimeters?
  private var hadCompleteResponse = false

  /// - Precondition: There is at least one target lesion.
  public init(
    _ lesions: [TargetLesion], baseline readings: [String: LesionReading],
    criteria: ResponseCriteria = .recist1_1
  ) {
    precondition(!lesions.isEmpty, "without target lesions there is no target response")
    self.lesions = lesions
    self.criteria = criteria
    let sum = Self.measure(lesions, readings, criteria)
    baseline = sum.notMeasured.isEmpty ? sum.total : nil
    nadir = baseline
  }

  /// Judges the next assessment.
  public mutating func assess(_ readings: [String: LesionReading]) -> TargetAssessment {
    let sum = Self.measure(lesions, readings, criteria)
    let (response, rule) = judge(sum)
    let assessment = TargetAssessment(
      response: response, rule: rule, lengths: sum.lengths, measuredSum: sum.total,
      notMeasured: sum.notMeasured,
      nadir: nadir, baseline: baseline)
    if let complete = assessment.sumOfDiameters, let smallest = nadir {
      nadir = min(smallest, complete)
    }
    if response == .completeResponse { hadCompleteResponse = true }
    return assessment
  }

  private func judge(_ sum: Sum) -> (ResponseCategory, TargetAssessment.Rule) {
    guard let baseline, let nadir else { return (.notEvaluable, .baselineIncomplete) }
    let isComplete = sum.notMeasured.isEmpty
    if isComplete, sum.isResolved { return (.completeResponse, .allResolved) }
    if hadCompleteResponse, let largest = sum.largestNonNodal,
      largest >= criteria.smallestReappearance
    {
      return (.progressiveDisease, .reappearance)
    }
    if criteria.isProgression(sum.total, nadir: nadir) {
      return (.progressiveDisease, isComplete ? .growthOverNadir : .partialSumOverNadir)
    }
    guard isComplete else { return (.notEvaluable, .incomplete) }
    if criteria.isPartialResponse(sum.total, baseline: baseline) {
      return (.partialResponse, .shrinkageFromBaseline)
    }
    return (.stableDisease, .neither)
  }

  private struct Sum {
    var total = Millimeters.zero
    var lengths: [String: Millimeters] = [:]
    var notMeasured: [String] = []
    var isResolved = true
    /// The largest lesion that is there and is not a node.
    var largestNonNodal: Millimeters?
  }

  private static func measure(
    _ lesions: [TargetLesion], _ readings: [String: LesionReading], _ criteria: ResponseCriteria
  ) -> Sum {
    var sum = Sum()
    for lesion in lesions {
      guard let length = readings[lesion.name].flatMap(criteria.length(of:)) else {
        sum.notMeasured.append(lesion.name)
        continue
      }
      sum.total = sum.total + length
      sum.lengths[lesion.name] = length
      if !criteria.isResolved(lesion, length) { sum.isResolved = false }
      let isNode = lesion.isNodal && criteria.normalNodeBelow != nil
      if !isNode, length > .zero {
        sum.largestNonNodal = max(sum.largestNonNodal ?? .zero, length)
      }
    }
    return sum
  }
}
