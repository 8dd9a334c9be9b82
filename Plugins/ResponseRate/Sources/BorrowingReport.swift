import PluginKit
import PluginProtocol
import Statistics

/// Controls taken as one rate, as a sample of rates, and as a prior: all on one page.
struct BorrowingReport: Sendable {
  let options: Options
  let count: ResponseCount
  private let trials: ControlTrials
  /// The treated rate, with Jeffreys's prior.
  private let treated: BetaShape

  private var borrowing: BorrowingOptions { options.borrowing }
  private var level: Double { options.level }

  /// Nothing without `borrow=`.
  ///
  /// - Throws: `Refusal` where there is no control with a count to borrow from.
  init?(options: Options, count: ResponseCount) throws(Refusal) {
    guard options.borrowing.method != .none else { return nil }
    guard let control = options.control else {
      throw Refusal(
        "parameter.combination",
        "borrow=\(options.borrowing.method.rawValue) needs control= to borrow from",
        parameter: "borrow", expected: Control.expectation)
    }
    self.options = options
    self.count = count
    trials = try ControlTrials(control.single.map { [$0] } ?? control.panel)
    treated = BetaShape.jeffreys.updated(by: count)
    guard !trials.counts.isEmpty else {
      let names = trials.leftOut.map(\.name).joined(separator: ", ")
      let reason =
        trials.leftOut.isEmpty
        ? "the data set's own arm is no earlier trial"
        : "no count gives the rate of \(names)"
      throw Refusal(
        "parameter.combination",
        "borrow=\(options.borrowing.method.rawValue) has no trial to borrow from: \(reason)",
        parameter: "control", expected: Control.expectation)
    }
  }

  func write(into document: inout ResultDocument) throws {
    let map = try prior(trials.counts)
    let rows = try page(map)
    document.tables.append(
      .init(
        name: "borrowing",
        title: "Control models: \(count.responders)/\(count.patients) against \(trialWords)",
        columns: BorrowedRate.columns(level), rows: rows.map(\.cells)))
    let chosen = rows.first { $0.method == borrowing.method.rawValue }
    if let chosen { document.estimates += estimates(chosen) }
    writeTrials(into: &document)
    try writeSensitivities(map, into: &document)
    let summary = MapSummary(
      prior: map, weight: borrowing.weight, level: level, concurrent: trials.concurrent?.count)
    try summary.write(into: &document)
    writeNotes(chosen, map, into: &document)
    document.methods += BorrowingMethods(borrowing: borrowing).card
  }

  private var trialWords: String {
    let own = trials.concurrent.map { " and the arm \($0.label)" } ?? ""
    return trials.trials.count == 1
      ? "1 earlier trial\(own)" : "\(trials.trials.count) earlier trials\(own)"
  }

  private func prior(
    _ counts: [ResponseCount], _ heterogeneity: HeterogeneityPrior? = nil
  ) throws -> MetaAnalyticPrior {
    try MetaAnalyticPrior(counts, heterogeneity: heterogeneity ?? borrowing.heterogeneity)
  }

  /// A prior of the control's rate after the trial's own control arm, if it has one.
  private func updated(_ density: RateDensity) -> RateDensity {
    trials.concurrent.map { density.updated(by: $0.count).posterior } ?? density
  }

  private func updated(_ shape: BetaShape) -> RateDensity {
    RateDensity(trials.concurrent.map { shape.updated(by: $0.count) } ?? shape)
  }

  // MARK: The page

  private func page(_ map: MetaAnalyticPrior) throws -> [BorrowedRate] {
    var rows = [try fixed()]
    if let random = try random() { rows.append(random) }
    rows.append(
      try row(
        .power, "power prior, a0 = \(short(borrowing.share))",
        updated(PooledControl.powerPrior(trials.counts, share: borrowing.share))))
    if let betaBinomial = try betaBinomial() { rows.append(betaBinomial) }
    rows.append(try row(.map, "MAP", updated(map.density)))
    let robust = RobustPrior(map.density, concurrent: trials.concurrent?.count)
    rows.append(
      try row(
        .robustMAP, "robust MAP, w = \(short(borrowing.weight))",
        robust.density(weight: borrowing.weight)))
    return rows
  }

  private func row(
    _ method: BorrowingOptions.Method, _ label: String, _ density: RateDensity
  ) throws -> BorrowedRate {
    try BorrowedRate(
      method: method.rawValue, label: label, density: density, treated: treated, level: level)
  }

  private func fixed() throws -> BorrowedRate {
    let pooled = try PooledControl.count(
      trials.counts + [trials.concurrent?.count].compactMap(\.self))
    var row = try BorrowedRate(
      method: "fixed", label: "fixed: one rate, pooled",
      density: RateDensity(BetaShape.jeffreys.updated(by: pooled)), treated: treated, level: level)
    let test = TwoSampleTest(ContingencyTable(treated: count, control: pooled))
    row.pValue = try? test.pValue(.scoreMiettinenNurminen, options.alternative)
    return row
  }

  /// Nothing with one trial: its variation cannot be seen.
  private func random() throws -> BorrowedRate? {
    guard trials.counts.count > 1 else { return nil }
    let effects = try RandomEffects(trials.counts)
    var row = BorrowedRate(
      method: "random",
      label: trials.concurrent == nil ? "random effects" : "random effects, earlier trials only")
    row.rate = effects.rate
    row.interval = try effects.predictionInterval(level: level)
    row.difference = count.rate - effects.rate
    row.pValue = effects.test(count, options.alternative).pValue
    return row
  }

  /// - Throws: `Refusal` where it was asked for and cannot be estimated.
  private func betaBinomial() throws -> BorrowedRate? {
    do {
      let shape = try BetaBinomialModel(trials.counts).predictive()
      return try row(.betaBinomial, "beta-binomial", updated(shape))
    } catch let error as StatisticsError {
      guard borrowing.method == .betaBinomial else { return nil }
      throw Refusal(
        "parameter.combination", "borrow=beta-binomial: \(error)", parameter: "borrow")
    }
  }

  private func estimates(_ row: BorrowedRate) -> [ResultDocument.Estimate] {
    func interval(_ ends: (lower: Double, upper: Double)?) -> ResultDocument.Interval? {
      ends.map { .init(method: row.method, level: level, lower: $0.lower, upper: $0.upper) }
    }
    return [
      .init(
        name: "borrowed-control-rate", label: "Control rate, \(row.label)", value: row.rate,
        unit: "proportion", interval: interval(row.interval)),
      .init(
        name: "borrowed-rate-difference", label: "Difference, \(row.label)",
        value: row.difference, unit: "proportion", interval: interval(row.differenceInterval)),
      .init(
        name: "probability-of-superiority", label: "P(treated rate is higher), \(row.label)",
        value: row.superiority, unit: "proportion"),
    ]
  }

  // MARK: Tables

  private func writeTrials(into document: inout ResultDocument) {
    let rows = trials.trials.map { trial in
      ControlRow(trial: trial.name, control: trial.chosen, count: trial.count, use: "pooled")
    }
    let others = trials.trials.flatMap { trial in
      trial.alternatives.compactMap { other in
        other.count.map {
          ControlRow(trial: trial.name, control: other, count: $0, use: "alternative")
        }
      }
    }
    let left = trials.leftOut.map {
      ControlRow(
        trial: $0.trial, control: .published($0), count: nil, use: "left out: no count fits")
    }
    let own = trials.concurrent.map {
      ControlRow(trial: "this one", control: .arm($0.label, $0.count), count: $0.count, use: "data")
    }
    document.tables.append(
      .init(
        name: "borrowing-trials", title: "What is borrowed from: one row of each trial",
        columns: ControlRow.columns,
        rows: (rows + others + left + [own].compactMap(\.self)).map(\.cells)))
  }

  private func writeSensitivities(
    _ map: MetaAnalyticPrior, into document: inout ResultDocument
  ) throws {
    let sensitivity = BorrowingSensitivity(
      trials: trials, treated: treated, borrowing: borrowing, level: level, map: map)
    document.tables += try sensitivity.tables()
  }

  // MARK: Notes

  private func writeNotes(
    _ chosen: BorrowedRate?, _ map: MetaAnalyticPrior, into document: inout ResultDocument
  ) {
    if let chosen, let sentence = sentence(chosen) {
      document.notes.append(Note(.info, "borrow.result", sentence))
    }
    if trials.counts.count == 1 {
      document.notes.append(
        Note(
          .caution, "borrow.one-trial",
          "One trial says nothing of the variation between trials: under MAP tau is its prior,"
            + " \(map.heterogeneityPrior), and the answer moves with it (see the table of tau)."
            + " Random effects and a beta-binomial fit need two."))
    }
    for trial in trials.trials where !trial.alternatives.isEmpty {
      document.notes.append(
        Note(
          .info, "borrow.one-row",
          "\(trial.chosen.label) stands for \(trial.name), of which \(trial.alternatives.count + 1)"
            + " analyses are listed: they are alternatives, and counting them as trials would"
            + " overstate what is known. Rule: \(ControlTrials.rule)."))
    }
    if trials.concurrent == nil {
      document.notes.append(
        Note(
          .info, "borrow.weight",
          "Without a control arm of its own the trial cannot move the robust prior's weight: it"
            + " stays \(short(borrowing.weight))."))
    }
  }

  private func sentence(_ row: BorrowedRate) -> String? {
    guard let rate = row.rate, let interval = row.interval, let superiority = row.superiority
    else { return nil }
    return "\(row.label): the control's rate is expected at \(percent(rate)),"
      + " \(shortPercent(level)) between \(points(interval.lower)) and"
      + " \(points(interval.upper)); the treated rate is higher with probability"
      + " \(decimal(superiority, places: 3))."
  }
}

/// A number as short as it can be: `0.2`, `1`.
func short(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
