/// An unconfirmed progression and what it is compared with.
struct ImmuneBlock: Sendable {
  /// One assessment, judged by RECIST 1.1.
  struct Finding: Sendable {
    let target: ResponseCategory?
    let nonTarget: ResponseCategory?
    let appeared: [String]
    let newLesions: [String]
    let assessment: ImmuneAssessment
    let criteria: ResponseCriteria

    var day: Int { assessment.day }

    var progressions: [ImmuneTimePoint.Site] {
      var sites: [ImmuneTimePoint.Site] = []
      if target == .progressiveDisease { sites.append(.target) }
      if nonTarget == .progressiveDisease { sites.append(.nonTarget) }
      if !appeared.isEmpty { sites.append(.newLesion) }
      return sites
    }

    /// The response but for new lesions.
    var overall: ResponseCategory {
      ResponseCategory(target: target, nonTarget: nonTarget, newLesion: false)
    }

    var overallRule: OverallRule {
      OverallRule(target: target, nonTarget: nonTarget, newLesion: false)
    }

    var targetLengths: [String: Millimeters] {
      assessment.targets.compactMapValues(criteria.length(of:))
    }

    var nonTargetSizes: [String: Millimeters] {
      assessment.nonTargets.compactMapValues(\.size)
    }

    var progressedNonTargets: Set<String> {
      Set(assessment.nonTargets.filter { $0.value.state == .unequivocalProgression }.keys)
    }
  }

  private let first: Finding

  /// The first iUPD.
  init(_ finding: Finding) { first = finding }

  var firstDay: Int { first.day }

  /// Whether a new lesion of the block is still there and no response came after it.
  func isHeldByNewLesion(_ finding: Finding) -> Bool {
    guard first.progressions.contains(.newLesion),
      !Set(first.newLesions).isDisjoint(with: finding.newLesions)
    else { return false }
    return !(finding.overall.isObjectiveResponse && finding.overall > first.overall)
  }

  /// What confirms the progression, if anything does.
  func evidence(in finding: Finding, _ rules: ImmuneRules) -> ImmuneTimePoint.Evidence? {
    let known = first.progressions
    if known.contains(.target),
      let growth = growth(from: first.targetLengths, to: finding.targetLengths),
      growth >= rules.furtherGrowth
    {
      return .targetGrowth(growth)
    }
    if known.contains(.nonTarget), nonTargetsGrew(in: finding) { return .nonTargetGrowth }
    let more = finding.newLesions.filter { !first.newLesions.contains($0) }
    if known.contains(.newLesion) {
      if !more.isEmpty { return .moreNewLesions(more) }
      if let evidence = newLesionGrowth(in: finding, rules) { return evidence }
    } else if !more.isEmpty {
      // Seen anywhere in the block, so that a scan too soon to confirm is not forgotten.
      return .progression(.newLesion)
    }
    return finding.progressions.first { !known.contains($0) }.map { .progression($0) }
  }

  private func nonTargetsGrew(in finding: Finding) -> Bool {
    if !finding.progressedNonTargets.isSubset(of: first.progressedNonTargets) { return true }
    return growth(from: first.nonTargetSizes, to: finding.nonTargetSizes).map { $0 > .zero }
      ?? false
  }

  private func newLesionGrowth(
    in finding: Finding, _ rules: ImmuneRules
  ) -> ImmuneTimePoint.Evidence? {
    let before = sizes(of: first)
    let after = sizes(of: finding)
    let measurable = before.filter { $0.value >= rules.measurableNewLesion }
    if let growth = growth(from: measurable, to: after), growth >= rules.furtherGrowth {
      return .newLesionGrowth(growth)
    }
    let small = before.filter { $0.value < rules.measurableNewLesion }
    let grew = small.contains { name, size in after[name].map { $0 > size } ?? false }
    let isSaidToGrow = finding.newLesions.contains { name in
      measurable[name] == nil && finding.assessment.newLesions[name]?.hasGrown == true
    }
    return grew || isSaidToGrow ? .smallNewLesionGrowth : nil
  }

  private func sizes(of finding: Finding) -> [String: Millimeters] {
    finding.assessment.newLesions.filter(\.value.isPresent).compactMapValues(\.size)
  }

  /// How much the lesions measured both times grew together; nothing if they did not grow.
  private func growth(
    from before: [String: Millimeters], to after: [String: Millimeters]
  ) -> Millimeters? {
    var old = Millimeters.zero
    var new = Millimeters.zero
    for (name, size) in before {
      guard let later = after[name] else { continue }
      old = old + size
      new = new + later
    }
    return new - old
  }
}
