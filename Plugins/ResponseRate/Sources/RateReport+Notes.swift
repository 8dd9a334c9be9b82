import PluginKit
import PluginProtocol
import Statistics

extension RateReport {
  /// The method card: each convention chosen where tools differ.
  func writeMethods(_ primary: PrimaryMethods, into document: inout ResultDocument) {
    var card: [ResultDocument.MethodChoice] = []
    func add(_ kind: String, _ method: String, _ convention: String) {
      card.append(.init(topic: "\(kind) \(method)", choice: convention, method: method))
    }
    var shown = Set<String>()
    for estimate in document.estimates {
      guard let method = estimate.interval?.method, shown.insert(estimate.name + method).inserted
      else { continue }
      if let interval = ProportionInterval.Method(rawValue: method),
        estimate.name == "objective-response-rate"
      {
        add("interval", method, interval.convention)
      } else if let difference = DifferenceInterval.Method(rawValue: method),
        estimate.name == "rate-difference"
      {
        add("difference", method, difference.convention)
      }
    }
    for test in document.tests {
      let convention =
        options.control?.single?.count == nil
        ? OneSampleTest.Method(rawValue: test.method)?.convention
        : TwoSampleTest.Method(rawValue: test.method)?.convention
      if let convention { add("test", test.method, convention) }
    }
    document.methods += (options.frequentist.conventions?.card ?? []) + card
  }

  func writeNotes(
    _ count: ResponseCount, _ primary: PrimaryMethods, into document: inout ResultDocument
  ) {
    if let pair = document.primary, let test = pair.test, !primary.agree {
      document.notes.append(
        Note(
          .caution, "primary.can-disagree",
          "The interval (\(pair.interval)) and the test (\(test)) are not inverses of each other:"
            + " one may exclude what the other accepts."))
    }
    if options.alternative != .twoSided, options.control?.single != nil {
      document.notes.append(
        Note(
          .info, "alternative.one-sided",
          "Intervals are two-sided: a \(shortPercent(options.level)) interval agrees with a one-sided"
            + " test at \(decimal((1 - options.level) / 2, places: 3))."))
    }
    if let quoted = options.quoted {
      let search = QuotedPValueSearch(quoted: quoted, count: count)
      document.notes += search.notes(
        single: options.control?.single,
        others: options.control?.panel ?? PublishedControl.all.map(Control.published))
    }
  }
}

/// What a reader must know of the controls that were used.
enum ControlNotes {
  static func notes(on controls: [Control], single: Control?) -> [Note] {
    var notes: [Note] = []
    if case .counts(let count)? = single, count.responders == 61, count.patients == 243 {
      notes.append(
        Note(
          .warning, "control.mixed-analyses",
          "61/243 mixes two analyses of E2100: 243 patients belong to the independent review, where"
            + " 54 (22.2 %) responded; the 25 % is the investigator's figure for other patients."))
    }
    let published = controls.compactMap { if case .published(let it) = $0 { it } else { nil } }
    for control in published {
      if let what = control.unverified {
        notes.append(
          Note(
            .warning, "control.unverified",
            "\(control.name): \(what) could not be checked in the source; do not cite it."))
      }
      if control.isStandIn {
        notes.append(
          Note(
            .caution, "control.stand-in",
            "\(control.name): no count of \(control.patients) gives the printed"
              + " \(points(control.printedPercent / 100)) %;"
              + " \(control.responders)/\(control.patients) stands in for it."))
      }
    }
    if published.filter({ $0.trial == "E2100" }).count > 1 {
      notes.append(
        Note(
          .info, "control.one-trial",
          "The e2100 rows are analyses of one trial: alternatives, not replications."))
    }
    return notes
  }
}
