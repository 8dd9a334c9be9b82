import PluginKit
import PluginProtocol
import Statistics

/// Turns a response count into estimates, tests, the panel and notes.
struct RateReport: Sendable {
  let options: Options

  func write(_ count: ResponseCount, into document: inout ResultDocument) throws {
    let single = options.control?.single
    let primary = try PrimaryMethods(options, against: single)
    try options.frequentist.check(against: single)
    try writeRate(count, primary, into: &document)
    if let single {
      try writeComparison(count, single, primary, into: &document)
    } else if options.test != "all" {
      throw Refusal(
        "parameter.combination", "test=\(options.test) needs one control= to test against",
        parameter: "test")
    }
    if let single {
      try TippingReport(options: options, count: count, control: single).write(into: &document)
    }
    if let panel = options.control?.panel, !panel.isEmpty {
      writePanel(count, panel, into: &document)
      if single == nil {
        try ControlBattery(count: count, controls: panel).write(into: &document)
      }
    }
    try Task.checkCancellation()
    ControlCurve(options: options, count: count, primary: primary).write(into: &document)
    try BorrowingReport(options: options, count: count)?.write(into: &document)
    document.primary = primaryPair(primary, count, in: document)
    writeMethods(primary, into: &document)
    writeNotes(count, primary, into: &document)
  }

  // MARK: Estimates

  private func writeRate(
    _ count: ResponseCount, _ primary: PrimaryMethods, into document: inout ResultDocument
  ) throws {
    guard options.interval != .none else { return }
    for method in options.interval.methods(primary: primary.interval) {
      document.estimates.append(try estimate(count, method))
    }
  }

  func estimate(
    _ count: ResponseCount, _ method: ProportionInterval.Method, group: String? = nil
  ) throws -> ResultDocument.Estimate {
    let interval = try ProportionInterval(count, level: options.level, method: method)
    return ResultDocument.Estimate(
      name: "objective-response-rate", label: "Objective response rate", value: count.rate,
      unit: "proportion",
      interval: .init(
        method: method.rawValue, level: options.level, lower: interval.lower,
        upper: interval.upper),
      count: .init(events: count.responders, total: count.patients), group: group)
  }

  private func writeComparison(
    _ count: ResponseCount, _ control: Control, _ primary: PrimaryMethods,
    into document: inout ResultDocument
  ) throws {
    if let controlCount = control.count {
      try writeDifference(count, controlCount, control, primary, into: &document)
    } else if options.difference != .all {
      throw Refusal(
        "parameter.combination",
        "difference= needs a control given as counts; \(control.label) is a rate taken as known",
        parameter: "difference")
    }
    let battery = Battery(count: count, control: control, alternative: options.alternative)
    document.tests = try battery.tests(options.test, primary: primary)
  }

  private func writeDifference(
    _ count: ResponseCount, _ controlCount: ResponseCount, _ control: Control,
    _ primary: PrimaryMethods, into document: inout ResultDocument
  ) throws {
    let interval = try ProportionInterval(
      controlCount, level: options.level, method: primary.interval)
    document.estimates.append(
      ResultDocument.Estimate(
        name: "control-response-rate", label: "Control response rate",
        value: controlCount.rate, unit: "proportion",
        interval: .init(
          method: primary.interval.rawValue, level: options.level, lower: interval.lower,
          upper: interval.upper),
        count: .init(events: controlCount.responders, total: controlCount.patients)))
    let table = ContingencyTable(treated: count, control: controlCount)
    for method in options.difference.methods(primary: primary.difference) {
      let difference = try DifferenceInterval(table, level: options.level, method: method)
      document.estimates.append(
        ResultDocument.Estimate(
          name: "rate-difference", label: "Difference from \(control.label)",
          value: difference.estimate, unit: "proportion",
          interval: .init(
            method: method.rawValue, level: options.level, lower: difference.lower,
            upper: difference.upper)))
    }
    try RatioReport(options: options, table: table, control: control).write(into: &document)
  }

  private func writePanel(
    _ count: ResponseCount, _ controls: [Control], into document: inout ResultDocument
  ) {
    let panel = SensitivityPanel(
      count: count, controls: controls, alternative: options.alternative)
    let rows = panel.rows
    let isPublished = controls.allSatisfy { if case .published = $0 { true } else { false } }
    document.tables.append(panel.table(of: rows, published: isPublished))
    let plural = controls.count > 1 ? panel.summary(of: rows, published: isPublished) + " " : ""
    if controls.contains(where: { if case .arm = $0 { false } else { true } }) {
      document.notes.append(
        Note(
          .caution, "control.uncontrolled",
          "\(plural)A historical control is another group of patients: no p-value here shows that the"
            + " treatment caused the difference."))
    }
    document.notes += ControlNotes.notes(on: controls, single: options.control?.single)
    document.notes +=
      ControlMismatch(
        controls: controls, analyzed: options.borrowing.analyzed
      ).notes
    for case .published(let control) in controls
    where !document.citations.contains(control.citation) {
      document.citations.append(control.citation)
    }
  }

  // MARK: Words

  private func primaryPair(
    _ primary: PrimaryMethods, _ count: ResponseCount, in document: ResultDocument
  ) -> ResultDocument.PrimaryPair? {
    let rate = "\(count.responders)/\(count.patients) responded (\(percent(count.rate)))"
    guard let test = document.tests.first(where: { $0.method == primaryTest(primary) }) else {
      guard let shown = document.estimates.first?.interval else { return nil }
      return .init(interval: shown.method, test: nil, text: "\(rate), \(words(shown)).")
    }
    let name = options.control?.single?.count == nil ? "objective-response-rate" : "rate-difference"
    guard let shown = document.estimates.first(where: { $0.name == name }), let value = shown.value,
      let interval = shown.interval, let p = test.pValue
    else { return nil }
    let versus = options.control?.single?.versus ?? ""
    let compared =
      name == "rate-difference"
      ? "\(value >= 0 ? "+" : "")\(points(value)) points against \(versus), \(words(interval))"
      : "\(words(interval)); against \(versus)"
    return .init(
      interval: interval.method, test: test.method,
      text: "\(rate); \(compared), \(test.method) \(sidedness)\(pSentence(p)).")
  }

  private func primaryTest(_ primary: PrimaryMethods) -> String {
    options.control?.single?.count == nil
      ? primary.oneSample.rawValue : primary.twoSample.rawValue
  }

  private var sidedness: String { options.alternative == .twoSided ? "" : "one-sided " }

  private func words(_ interval: ResultDocument.Interval) -> String {
    "\(shortPercent(interval.level)) \(label(of: interval.method)) interval \(points(interval.lower)) to"
      + " \(points(interval.upper))"
  }

  private func label(of interval: String) -> String {
    ProportionInterval.Method(rawValue: interval)?.label
      ?? DifferenceInterval.Method(rawValue: interval)?.label ?? interval
  }
}
