import PluginKit
import PluginProtocol
import Statistics

/// What the reader of a predicted response rate must know; none of it can be switched off.
struct ResponsePredictionNotes: Sendable {
  let report: ResponsePredictionReport

  private var treatment: Treatment { report.treatment }

  var notes: [Note] {
    [uncontrolled, extrapolation].compactMap(\.self) + ownEvidence
      + [spread, excess, threshold, dose, alternatives, populations, unverified, derived, silent]
      .compactMap(\.self)
      + armNotes + remarks
  }

  /// Those that hold whatever the prediction is made of: of the evidence, not of response rates.
  var standing: [Note] {
    [uncontrolled, extrapolation].compactMap(\.self) + ownEvidence
      + [alternatives, populations, unverified, derived].compactMap(\.self) + armNotes + remarks
  }

  private func caution(_ code: String, _ text: String) -> Note {
    Note(.caution, "combination.\(code)", text)
  }
}

extension ResponsePredictionNotes {
  /// The source trial's claim, with all its controls.
  private var uncontrolled: Note? {
    guard let count = treatment.source?.count, !report.observed.isEmpty,
      treatment.source?.isRandomized == false,
      let interval = try? ProportionInterval(count, level: 0.95, method: .clopperPearson)
    else { return nil }
    let rates = report.observed.map(\.arm.count.rate)
    let pValues = report.observed.map(\.chiSquarePValue)
    guard let low = rates.min(), let high = rates.max(), let least = pValues.min(),
      let most = pValues.max()
    else { return nil }
    let controls =
      rates.count == 1
      ? "The published control is \(whole(low)) %; p is \(briefP(least))."
      : "Published controls range \(whole(low))-\(whole(high)) %; p runs"
        + " \(briefP(least))-\(briefP(most))."
    return Note(
      .warning, "combination.uncontrolled",
      "\(count.text) responded (\(whole(count.rate)) %, \(whole(interval.lower))-"
        + "\(whole(interval.upper))). \(controls) Uncontrolled: doubling cannot be claimed.")
  }

  /// That nothing was seen beside this backbone that would carry a benefit over to it.
  private var extrapolation: Note? {
    guard let agent = treatment.agent, treatment.source?.regimen != treatment.name else {
      return nil
    }
    let origin =
      treatment.source.map {
        "Extrapolated from one \($0.isRandomized ? "randomized" : "uncontrolled") trial"
      } ?? "Carried over from no trial"
    let evidence = agent.declared.evidence
    let own = evidence.filter { $0.regimen == treatment.name }
    let others = evidence.filter { !$0.isSource && $0.regimen != treatment.name }
    let clauses = [sentence(own)] + others.map(clause)
    return Note(
      .warning, "combination.extrapolation",
      "\(origin); benefit is assumed by construction. \(clauses.joined(separator: "; ")).")
  }

  /// What a trial beside another backbone found, in a few words.
  private func clause(_ trial: CombinationEvidence) -> String {
    if trial.isRandomized, let ratio = trial.hazardRatio {
      return "randomized \(trial.backbone) HR \(ratio.text)"
    }
    return "\(trial.trial) (\(trial.backbone)) \(trial.finding)"
  }

  private func sentence(_ own: [CombinationEvidence]) -> String {
    guard let only = own.first else { return "No trial beside this regimen is declared" }
    guard own.count == 1 else {
      return own.map { "\($0.trial) \($0.finding)" }.joined(separator: "; ")
    }
    let unit = treatment.agent?.declared.drug.unit.rawValue ?? ""
    let doses = only.doses.max().map { " (\(shortNumber($0)) \(unit) and below)" } ?? ""
    return "The only trial\(doses) \(only.finding)"
  }

  /// What other trials of the agent beside the source's own backbone found.
  private var ownEvidence: [Note] {
    guard let agent = treatment.agent, treatment.source?.regimen == treatment.name else {
      return []
    }
    return agent.declared.evidence.filter { $0.regimen == treatment.name && !$0.isSource }.map {
      let ratio = $0.hazardRatio.map { " (HR \($0.text))" } ?? ""
      return caution(
        "evidence",
        "\($0.trial)\($0.isRandomized ? ", randomized," : "") \($0.finding)\(ratio).")
    }
  }
}

extension ResponsePredictionNotes {
  /// How the answer moves with the control.
  private var spread: Note? {
    let rates = report.predictions.map { ($0.bliss ?? $0.alone).mean }
    guard rates.count > 1, let low = rates.min(), let high = rates.max() else { return nil }
    let trials = Set(report.predictions.map(\.arm.trial)).count
    return caution(
      "control-decides",
      "The control decides: the predicted rate runs from \(percent(low)) to \(percent(high)) over"
        + " \(rates.count) analyses of \(trials) \(trials == 1 ? "trial" : "trials").")
  }

  /// The source's excess, in words that do not say more than it does.
  private var excess: Note? {
    guard let quoted = report.observed.first, let source = treatment.source else { return nil }
    let difference = quoted.excess.excess
    let place = difference > 0 ? "above" : difference < 0 ? "below" : "at"
    let implied = report.observed.compactMap(\.impliedRate)
    guard let low = implied.min(), let high = implied.max() else { return nil }
    return caution(
      "excess",
      "\(source.trial)'s \(quoted.excess.combination.text) is \(signedPoints(difference)) points"
        + " against \(quoted.arm.name), \(place) response-level Bliss at observed rates. Without"
        + " interaction the agent alone would need"
        + " \(percent(low)) to \(percent(high)), by control.")
  }

  private var threshold: Note? {
    guard treatment.agent != nil else { return nil }
    return caution(
      "threshold",
      "A response is a threshold: parts whose cell kill merely adds up exceed response-level Bliss"
        + " by 6 to 10 points in simulations with 25 to 39 % for the chemotherapy and 5 to 20 % for"
        + " the agent. An excess of that size is no sign of synergy; only an excess over a model of"
        + " additive kill is.")
  }

  /// That response rates know no dose, and whether this one was given beside the backbone.
  private var dose: Note? {
    guard let agent = treatment.agent else { return nil }
    let unit = agent.declared.drug.unit.rawValue
    let given = agent.declared.evidence.filter { $0.regimen == treatment.name }.flatMap(\.doses)
    let list = Set(given).sorted().map(shortNumber).joined(separator: ", ")
    let beside =
      given.isEmpty
      ? "No dose of it was given beside this regimen in a trial that is declared."
      : given.contains(agent.dose)
        ? "\(agent.doseText) was given beside this regimen (\(list) \(unit))."
        : "\(agent.doseText) was not given beside this regimen: \(list) \(unit) were."
    return caution(
      "dose",
      "The response level knows no dose: every dose has the numbers of the agent's monotherapy."
        + " \(beside)")
  }

  /// That several analyses of a trial are one trial.
  private var alternatives: Note? {
    let arms = report.predictions.map(\.arm)
    let trials = arms.map(\.trial).uniqued.filter { trial in arms.count { $0.trial == trial } > 1 }
    guard !trials.isEmpty else { return nil }
    return caution(
      "alternatives",
      "The analyses of \(sentenceList(trials)) are alternatives, not trials of their own; one of"
        + " each is primary.")
  }

  /// That the controls' readers are others than the source trial's.
  private var populations: Note? {
    guard !report.observed.isEmpty, let source = treatment.source,
      let reader = source.assessor, reader != .unstated
    else { return nil }
    let others = report.predictions.map(\.arm).filter {
      $0.assessor != reader && $0.assessor != .unstated
    }
    guard let other = others.first?.assessor else { return nil }
    return caution(
      "populations",
      "\(sentenceList(others.map(\.name))) \(others.count == 1 ? "was" : "were") read"
        + " \(other.words), \(source.trial) \(reader.words); denominators differ as the table says."
    )
  }
}

extension ResponsePredictionNotes {
  private var unverified: Note? {
    let arms = report.predictions.map(\.arm) + (treatment.agent?.declared.monotherapy ?? [])
    var names = arms.filter { !$0.isCountVerified }.map { "\($0.name) (\($0.count.text))" }
    names += (treatment.agent?.declared.evidence ?? []).filter(\.isSource).filter {
      $0.verification.isUnverified("responders") || $0.verification.isUnverified("patients")
    }.compactMap { evidence in evidence.count.map { "\(evidence.name) (\($0.text))" } }
    let counts = names.isEmpty ? [] : ["counts of \(sentenceList(names))"]
    let parts = counts + unverifiedBesideCounts(arms)
    guard !parts.isEmpty else { return nil }
    return Note(
      .warning, "combination.unverified",
      "Unverified, not to be cited before somebody has compared the paper:"
        + " \(parts.joined(separator: "; ")).")
  }

  /// Whatever else is shown: `median PFS of impassion-130`.
  private func unverifiedBesideCounts(_ arms: [PublishedArm]) -> [String] {
    let evidence = treatment.agent?.declared.evidence ?? []
    let shown =
      arms.map { ($0.name, $0.unverifiedWords) } + evidence.map { ($0.name, $0.unverifiedWords) }
    return shown.flatMap(\.1).uniqued.map { words in
      "\(words) of \(sentenceList(shown.filter { $0.1.contains(words) }.map(\.0)))"
    }
  }

  private var derived: Note? {
    let arms = report.predictions.map(\.arm).filter(\.isDerived).map(\.name)
    guard !arms.isEmpty else { return nil }
    return caution(
      "derived",
      "Responders of \(sentenceList(arms)) are reckoned back from a printed percentage.")
  }

  private var silent: Note? {
    guard report.monotherapy?.responders == 0 else { return nil }
    return caution(
      "no-single-agent-response",
      "Nobody responded to the agent alone: every null then rests on the backbone's rate, so that"
        + " any gain looks like interaction.")
  }

  private var armNotes: [Note] {
    report.predictions.compactMap { prediction in
      prediction.arm.note.map {
        Note(.info, "combination.control", "\(prediction.arm.name): \($0)")
      }
    }
  }

  private var remarks: [Note] {
    (treatment.regimen.remarks + (treatment.agent?.declared.remarks ?? [])).map {
      Note(.info, "combination.remark", $0)
    }
  }
}
