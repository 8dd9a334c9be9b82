import JSON
import PluginKit
import PluginProtocol
import Statistics

/// The result of `combined-response`.
struct CombinedResponseReport: Sendable {
  let trials: CombinedTrials
  /// For each count of the first part every null.
  let comparisons: [[NullComparison]]
  /// For each count of the first part independent action.
  let bliss: [NullComparison]

  init(_ trials: CombinedTrials, _ context: RunContext) throws {
    self.trials = trials
    comparisons = try trials.firsts.map { try NullComparison.all(trials, $0, context) }
    bliss = comparisons.compactMap { row in row.first { $0.excess.null == .bliss } }
  }

  func write(into document: inout ResultDocument) {
    document.primary = primary
    document.estimates = estimates
    document.tables = [panel] + zip(trials.firsts, comparisons).map(nulls)
    document.methods = Self.methods
    document.notes = notes
    document.citations = Self.citations
  }

  /// What is quoted first: independent action, with the first count of the first part.
  private var primary: ResultDocument.PrimaryPair? {
    guard let quoted = bliss.first else { return nil }
    let rate = quoted.excess.combination.rate
    let difference = quoted.excess.excess
    let place = difference > 0 ? "above" : difference < 0 ? "below" : "at"
    return .init(
      interval: "clopper-pearson", test: nil,
      text: "\(trials.combination.text) responded (\(percent(rate))); parts that act independently"
        + " would give \(percent(quoted.excess.expectedRate)): \(signedPoints(difference)) points,"
        + " \(place) response-level Bliss; one-sided bootstrap"
        + " \(pSentence(quoted.bootstrapPValue)).")
  }

  private var estimates: [ResultDocument.Estimate] {
    let parts = trials.firsts.map { ("first-rate", "First part alone", $0) }
    let all =
      [("combination-rate", "Combination", trials.combination)] + parts
      + [("second-rate", "Second part alone", trials.second)]
    return all.map { name, label, count in
      let interval = try? ProportionInterval(count, level: 0.95, method: .clopperPearson)
      return ResultDocument.Estimate(
        name: name, label: label, value: count.rate,
        interval: interval.map {
          .init(method: "clopper-pearson", level: 0.95, lower: $0.lower, upper: $0.upper)
        }, count: .init(events: count.responders, total: count.patients),
        group: name == "first-rate" && trials.firsts.count > 1 ? count.text : nil)
    }
  }
}

extension CombinedResponseReport {
  /// Independent action against every count of the first part.
  private var panel: ResultDocument.ResultTable {
    .init(
      name: "bliss-by-first", title: "Independent action (Bliss), by the first part's trial",
      columns: [
        .init("first", "First part"), .init("first-rate", "Its rate", .percent),
        .init("expected", "Expected", .percent), .init("excess", "Excess", .percent),
        .init("bootstrap-p", "p bootstrap", .pValue), .init("delta-p", "p delta", .pValue),
        .init("posterior", "P(rate above)", .number), .init("implied", "Second needs", .percent),
      ],
      rows: bliss.map { row in
        [.string(row.excess.first.text), JSONValue(row.excess.first.rate)] + cells(row)
      })
  }

  private func nulls(
    _ first: ResponseCount, _ comparisons: [NullComparison]
  ) -> ResultDocument.ResultTable {
    .init(
      name: "nulls-\(first.responders)-\(first.patients)",
      title: "\(trials.combination.text) against \(first.text) and \(trials.second.text)",
      columns: [
        .init("null", "If the parts were"), .init("expected", "Expected", .percent),
        .init("excess", "Excess", .percent), .init("bootstrap-p", "p bootstrap", .pValue),
        .init("delta-p", "p delta", .pValue), .init("posterior", "P(rate above)", .number),
        .init("implied", "Second needs", .percent),
      ],
      rows: comparisons.map { [.string($0.label)] + cells($0) })
  }

  private func cells(_ row: NullComparison) -> [JSONValue] {
    [
      JSONValue(row.excess.expectedRate), JSONValue(row.excess.excess),
      JSONValue(row.bootstrapPValue), JSONValue(row.pValue), JSONValue(row.posteriorProbability),
      row.impliedRate.map { JSONValue($0) } ?? .null,
    ]
  }
}

extension CombinedResponseReport {
  private var notes: [Note] {
    let advice =
      trials.firsts.count == 1
      ? "; give several counts of the first part (first=54/243,82/211) to see how much depends on it"
      : ""
    var notes = [
      Note(
        .caution, "combination.threshold",
        "A response is a threshold: parts whose cell kill merely adds up exceed response-level"
          + " Bliss by 6 to 10 points in simulations with 25 to 39 % for the chemotherapy and 5 to"
          + " 20 % for the agent. An excess of that size is no sign of synergy; only an excess over"
          + " a model of additive kill is."),
      Note(
        .caution, "combination.transport",
        "The counts are of different patients\(advice)."
          + " No p-value here shows that the combination caused the difference."),
    ]
    if let range { notes.insert(range, at: 0) }
    if trials.second.responders == 0 {
      notes.append(
        Note(
          .caution, "combination.no-single-agent-response",
          "Nobody responded to the second part alone: every null then rests on the first part's"
            + " rate, so that any gain looks like interaction."))
    }
    return notes
  }

  /// How the answer moves with the first part's count.
  private var range: Note? {
    let pValues = bliss.map(\.bootstrapPValue)
    guard bliss.count > 1, let least = pValues.min(), let most = pValues.max() else { return nil }
    return Note(
      .caution, "combination.first-part-decides",
      "The first part's rate decides: p runs from \(pWords(least)) to \(pWords(most)) over its"
        + " \(bliss.count) counts.")
  }

  private static let methods: [ResultDocument.MethodChoice] = [
    .init(
      topic: "p bootstrap",
      choice: "one-sided; parametric bootstrap with every pair of the parts' counts visited, no"
        + " simulation; a part without (or with only) responders is taken half a patient inside"),
    .init(
      topic: "p delta",
      choice: "one-sided normal test of the excess, delta-method variance, the"
        + " same half patient"),
    .init(
      topic: "P(rate above)",
      choice: "posterior probability under independent Beta(0.5, 0.5) priors, by quadrature"),
    .init(
      topic: "correlated",
      choice: "latent normal sensitivities (Gaussian copula), exact bivariate normal",
      source: "Palmer & Sorger 2017"),
    .init(
      topic: "second needs",
      choice: "the second part's rate at which the null gives the rate"
        + " observed; NA where none does"),
  ]

  private static let citations = [
    "Bliss CI (1939). The toxicity of poisons applied jointly. Ann Appl Biol 26:585–615.",
    "Palmer AC, Sorger PK (2017). Combination cancer therapy can confer benefit via"
      + " patient-to-patient variability without drug additivity or synergy. Cell 171:1678–1691.",
  ]
}
