/// The lesions of one patient, as one reader follows them by iRECIST.
///
/// Each time point is first judged by RECIST 1.1. A progression is unconfirmed (iUPD) and opens
/// a block; a later assessment either confirms it (iCPD), repeats it, or assigns a response and
/// closes the block, after which a new iUPD needs progression from the nadir again. Growth is
/// measured from the first iUPD of the block, so that small increases accumulate (4 mm and 2 mm
/// confirm). An assessment that cannot be evaluated leaves the block open.
///
/// A new lesion that stays as it is keeps the block open, unless a response (iPR or iCR) is
/// reached after it appeared: then it does not preclude iPR. While it is there iCR is iPR.
///
/// ## References
///
/// - Seymour L et al. (2017). iRECIST: guidelines for response criteria for use in trials
///   testing immunotherapeutics. *Lancet Oncol* 18:e143–e152, table 2.
/// - RECIST working group, EORTC. iRECIST frequently asked questions (scenarios B and F:
///   response before and after a new lesion; scans sooner than 4 weeks do not confirm).
public struct ImmuneFollowUp: Sendable {
  public let rules: ImmuneRules
  private let criteria: ResponseCriteria
  private let nonTargets: [String]
  private var targets: TargetFollowUp?
  private var knownNewLesions: Set<String> = []
  private var block: ImmuneBlock?

  /// - Parameters:
  ///   - targets: The target lesions; may be empty.
  ///   - baseline: Their readings before treatment.
  ///   - nonTargets: The names of the non-target lesions.
  ///   - rules: The conventions.
  public init(
    targets: [TargetLesion], baseline: [String: LesionReading], nonTargets: [String],
    rules: ImmuneRules = ImmuneRules()
  ) {
    self.rules = rules
    self.nonTargets = nonTargets
    criteria = .recist1_1
    self.targets =
      targets.isEmpty
      ? nil : TargetFollowUp(targets, baseline: baseline, criteria: criteria)
  }

  /// Judges the next assessment in the order of time.
  public mutating func assess(_ assessment: ImmuneAssessment) -> ImmuneTimePoint {
    let target = targets?.assess(assessment.targets)
    let nonTarget = ResponseCategory(
      nonTargets: nonTargets.map { assessment.nonTargets[$0]?.state ?? .notEvaluable })
    let present = assessment.newLesions.filter(\.value.isPresent).keys.sorted()
    let appeared = present.filter { !knownNewLesions.contains($0) }
    knownNewLesions.formUnion(present)

    let finding = ImmuneBlock.Finding(
      target: target?.response, nonTarget: nonTarget, appeared: appeared, newLesions: present,
      assessment: assessment, criteria: criteria)
    let (response, rule) = judge(finding)
    return ImmuneTimePoint(
      day: assessment.day, target: target, nonTarget: nonTarget, appeared: appeared,
      newLesions: present, response: response, rule: rule)
  }

  private mutating func judge(
    _ finding: ImmuneBlock.Finding
  ) -> (ResponseCode, ImmuneTimePoint.Rule) {
    if let block { return judge(finding, in: block) }
    guard finding.progressions.isEmpty else {
      block = ImmuneBlock(finding)
      return (.immune(.unconfirmedProgressiveDisease), .firstProgression(finding.progressions))
    }
    return (code(of: finding), .table(finding.overallRule))
  }

  private mutating func judge(
    _ finding: ImmuneBlock.Finding, in block: ImmuneBlock
  ) -> (ResponseCode, ImmuneTimePoint.Rule) {
    let since = block.firstDay
    if let evidence = block.evidence(in: finding, rules) {
      guard finding.day - since >= rules.gapDays else {
        return (.immune(.unconfirmedProgressiveDisease), .tooSoon(evidence, since: since))
      }
      self.block = nil
      return (.immune(.confirmedProgressiveDisease), .confirmed(evidence, since: since))
    }
    if !finding.progressions.isEmpty {
      return (.immune(.unconfirmedProgressiveDisease), .unchanged(since: since))
    }
    if finding.overall <= .notEvaluable {
      return (.recist(finding.overall), .notEvaluable(since: since))
    }
    if block.isHeldByNewLesion(finding) {
      return (.immune(.unconfirmedProgressiveDisease), .newLesionRemains(since: since))
    }
    self.block = nil
    return (code(of: finding), .reset(finding.overallRule, since: since))
  }

  /// Complete response needs every new lesion gone as well.
  private func code(of finding: ImmuneBlock.Finding) -> ResponseCode {
    let isHeldBack = finding.overall == .completeResponse && !finding.newLesions.isEmpty
    return ResponseCode(immune: isHeldBack ? .partialResponse : finding.overall)
  }
}
