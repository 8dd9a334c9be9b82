import PluginKit
import RECIST

extension VisitDecision {
  /// What the assessment counts for and why, as a clause: "PR on day 84, confirmed on day 168".
  func clause(_ code: ResponseCode? = nil) -> String {
    let seen = "\((code ?? .recist(visit.response)).rawValue) on day \(visit.day)"
    switch reason {
    case .asRead: return seen
    case .beforeMinimum: return "\(seen), before the first day stable disease counts"
    case .confirmed(let day): return "\(seen), confirmed on day \(day)"
    case .notConfirmed(let obstacle): return "\(seen), not confirmed: \(obstacle.clause)"
    case .notDerivable:
      return "\(seen), at the last scan: confirmation not derivable"
    case .notDone: return "\(seen): not done"
    case .afterProgression(let day):
      return "\(seen), left out: progression on day \(day) ended the evaluation"
    case .afterEnd(let day): return "\(seen), left out: day \(day) is the last that counts"
    }
  }
}

extension VisitDecision.Obstacle {
  var clause: String {
    switch self {
    case .followedBy(let response, let day): "\(response.rawValue) on day \(day)"
    case .notEvaluable(let day): "too many not evaluable by day \(day)"
    case .tooSoon(let day): "the last scan, day \(day), came too soon"
    case .tooLate(let day): "day \(day) is past the window"
    }
  }
}

extension TargetAssessment {
  /// The rule that decided, with its numbers.
  func sentence(_ criteria: ResponseCriteria) -> String {
    let sum = "sum \(measuredSum) mm"
    switch rule {
    case .baselineIncomplete: return "a target lesion has no baseline: nothing to compare with"
    case .allResolved:
      return measuredSum == .zero
        ? "all target lesions gone" : "all lesions gone, nodes normal (\(sum))"
    case .reappearance: return "a lesion is back after complete response (\(sum))"
    case .growthOverNadir: return "\(sum): \(overNadir), \(criteria.growthWords)"
    case .partialSumOverNadir:
      return "\(sum) without \(missing): \(overNadir), already \(criteria.growthWords)"
    case .incomplete: return "not measured: \(missing)"
    case .shrinkageFromBaseline:
      return "\(sum): \(fromBaseline), at least \(criteria.partialResponsePercent) % smaller"
    case .neither: return "\(sum): \(fromBaseline), \(overNadir); neither PR nor PD"
    }
  }

  private var missing: String { notMeasured.joined(separator: ", ") }

  private var overNadir: String {
    nadir.map { "\(Self.change(measuredSum, from: $0)) from nadir \($0) mm" } ?? "no nadir"
  }

  private var fromBaseline: String {
    baseline.map { "\(Self.change(measuredSum, from: $0)) from baseline \($0) mm" } ?? "no baseline"
  }

  /// "+20.0 % (+6.1 mm)"; the percentage is for the eye, the rule is decided in exact decimals.
  static func change(_ sum: Millimeters, from start: Millimeters) -> String {
    let isGrowth = sum >= start
    let difference = (isGrowth ? sum - start : start - sum) ?? .zero
    let sign = isGrowth ? "+" : "-"
    if difference == .zero { return "no change" }
    guard start > .zero else { return "\(sign)\(difference) mm" }
    return "\(sign)\(points(difference.value / start.value)) % (\(sign)\(difference) mm)"
  }
}

extension ResponseCriteria {
  fileprivate var growthWords: String {
    smallestGrowth > .zero
      ? "at least \(progressionPercent) % and \(smallestGrowth) mm"
      : "at least \(progressionPercent) %"
  }
}

extension OverallRule {
  func sentence(nonTarget: ResponseCategory?) -> String {
    switch self {
    case .newLesion: "new lesion: PD"
    case .targetProgression: "target PD: PD whatever the rest"
    case .nonTargetProgression: "non-target PD: PD whatever the rest"
    case .targetResponse: "the target response stands"
    case .nonTargetRemains:
      "target CR, but non-target \(nonTarget?.rawValue ?? "not evaluated"): PR"
    case .nonTargetOnly: "no target lesions: the non-target response"
    case .nothingToJudge: "nothing to judge"
    }
  }
}

extension ImmuneTimePoint.Rule {
  func sentence(nonTarget: ResponseCategory?) -> String {
    switch self {
    case .table(let rule): rule.sentence(nonTarget: nonTarget)
    case .firstProgression(let sites):
      "progression (\(sites.map(\.rawValue).joined(separator: ", "))), unconfirmed as yet"
    case .unchanged(let day): "progression since day \(day), no worse: iUPD repeats"
    case .newLesionRemains(let day):
      "the new lesion of day \(day) is still there and no response came after it: iUPD repeats"
    case .tooSoon(let evidence, let day):
      "\(evidence.words), but within 4 weeks of day \(day): too soon to confirm"
    case .confirmed(let evidence, let day):
      "\(evidence.words): confirms the progression of day \(day)"
    case .reset(let rule, let day):
      "the progression of day \(day) was not confirmed and the bar resets;"
        + " \(rule.sentence(nonTarget: nonTarget))"
    case .notEvaluable(let day): "not evaluable; the progression of day \(day) stays open"
    }
  }
}

extension ImmuneTimePoint.Evidence {
  var words: String {
    switch self {
    case .targetGrowth(let growth): "target lesions grew a further \(growth) mm"
    case .nonTargetGrowth: "non-target disease increased further"
    case .newLesionGrowth(let growth): "new lesions grew \(growth) mm"
    case .smallNewLesionGrowth: "a new lesion grew"
    case .moreNewLesions(let names): "more new lesions (\(names.joined(separator: ", ")))"
    case .progression(let site): "progression elsewhere (\(site.rawValue))"
    }
  }
}
