import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// The sweep of a model of chemotherapy alone, ready to be shown.
struct ModelReferenceResult {
  let rows: [ReferenceAtRate]
  let reference: ChemotherapyReference
  let rateText: String

  /// How often test (i) is positive, over the sweep.
  var evidence: Evidence? {
    let sizes = rows.compactMap { row in
      row.sizes.first { $0.test == "wilcoxon" }?.rejected.value
    }
    guard let lowest = sizes.min(), let highest = sizes.max() else { return nil }
    return Evidence(
      lowest: lowest, highest: highest,
      source: "simulated with a control response rate of \(rateText) on this trial's scan days,"
        + " decay rates \(decayRates) per day; test at \(decimal(rows[0].level, places: 3))")
  }

  private var decayRates: String {
    let rates = rows.map(\.decayPerDay)
    return "\(JSONValue(rates.min() ?? 0).text) to \(JSONValue(rates.max() ?? 0).text)"
  }

  func write(_ split: CohortSplit, into document: inout ResultDocument) {
    document.tables.append(table(split))
    let share = Double(split.shrinking) / Double(split.late.count)
    let mean = split.late.mean ?? 0
    let shares = rows.map { $0.pValue(shrinkingShare: share) }
    let means = rows.map { $0.pValue(meanLateChange: mean) }
    document.notes.append(
      Note(
        .warning, "reference.model",
        "Under chemotherapy alone with the control's response rate \(rateText), at least"
          + " \(split.shrinking) of \(split.late.count) still shrink with \(Self.range(shares)), and the"
          + " mean late change is at most \(decimal(mean, places: 3)) with \(Self.range(means)),"
          + " as the decay rate goes from \(decayRates) per day (Monte-Carlo error at most"
          + " \(decimal((shares + means).map(\.standardError).max() ?? 0, places: 4))). These data do"
          + " not identify that rate."))
    document.methods += assumptions
  }

  private static func range(_ estimates: [MonteCarloEstimate]) -> String {
    let values = estimates.map(\.value)
    guard let least = values.min(), let most = values.max() else { return "" }
    return least == most ? pSentence(least) : "p from \(pWords(least)) to \(pWords(most))"
  }

  private func table(_ split: CohortSplit) -> ResultDocument.ResultTable {
    let share = Double(split.shrinking) / Double(split.late.count)
    let mean = split.late.mean ?? 0
    return .init(
      name: "chemotherapy-alone",
      title: "Chemotherapy alone, by the decay rate of its kill: reference p-values, and how often"
        + " each test of the split is positive",
      columns: Self.columns,
      rows: rows.map { row in
        let (shares, means) = (row.pValue(shrinkingShare: share), row.pValue(meanLateChange: mean))
        return [
          .number(row.decayPerDay), .number(row.calibration.killPerDay),
          .number(row.contributingShare.value), .number(row.shrinkingShare.mean),
          .number(shares.value), .number(shares.standardError), .number(row.meanLateChange.mean),
          .number(means.value), .number(means.standardError),
        ] + row.sizes.map { .number($0.rejected.value) }
          + [.number(row.sizes.map(\.rejected.standardError).max() ?? 0)]
      })
  }

  private static let columns: [ResultDocument.Column] = [
    .init("decay", "Decay a day", .number), .init("kill", "Kill a day", .number),
    .init("contributing", "Contribute", .percent), .init("share", "Still shrinking", .percent),
    .init("p_share", "p of the share", .pValue), .init("error_share", "MC error", .number),
    .init("mean", "Mean late change", .number), .init("p_mean", "p of the mean", .pValue),
    .init("error_mean", "MC error", .number), .init("wilcoxon", "Wilcoxon positive", .percent),
    .init("sign", "Sign positive", .percent), .init("faster", "Faster late positive", .percent),
    .init("mcnemar", "McNemar positive", .percent), .init("error_size", "MC error", .number),
  ]

  /// The model's constants, each with where it is from.
  private var assumptions: [ResultDocument.MethodChoice] {
    let constants = reference.model.constants.map { constant in
      let unit = constant.unit.isEmpty ? "" : " \(constant.unit)"
      return ResultDocument.MethodChoice(
        topic: constant.name,
        choice: "\(JSONValue(constant.value).text)\(unit), \(constant.basis.rawValue)",
        method: "chemotherapy-alone", source: constant.source)
    }
    let days = reference.schedule.days.map(String.init).joined(separator: ", ")
    return [
      .init(
        topic: "chemotherapy alone",
        choice:
          "\(reference.replicates) trials of \(reference.patients) contributing patients a decay"
          + " rate, scanned on days \(days), with the control's response rate \(rateText) on the same"
          + " days; seed \(reference.seed)", source: "Claret 2009")
    ] + constants
  }
}
