import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// The table of sweeps: one row a decay rate.
enum SweepTable {
  static let name = "chemotherapy-alone"
  static let title =
    "Chemotherapy alone, by the decay rate of its kill: reference p-values, and how often"
    + " each test of the split is positive"

  static let columns: [ResultDocument.Column] = [
    .init("decay", "Decay a day", .number), .init("kill", "Kill a day", .number),
    .init("contributing", "Contribute", .percent), .init("share", "Still shrinking", .percent),
    .init("p_share", "p of the share", .pValue), .init("error_share", "MC error", .number),
    .init("mean", "Mean late change", .number), .init("p_mean", "p of the mean", .pValue),
    .init("error_mean", "MC error", .number), .init("wilcoxon", "Wilcoxon positive", .percent),
    .init("sign", "Sign positive", .percent), .init("faster", "Faster late positive", .percent),
    .init("mcnemar", "McNemar positive", .percent), .init("error_size", "MC error", .number),
  ]

  static func cells(
    _ row: ReferenceAtRate, _ split: CohortSplit
  ) -> [JSONValue] {
    let found = SweptPValues([row], split)
    let (shares, means) = (found.shares[0], found.means[0])
    return [
      .number(row.decayPerDay), .number(row.calibration.killPerDay),
      .number(row.contributingShare.value), .number(row.shrinkingShare.mean),
      .number(shares.value), .number(shares.standardError), .number(row.meanLateChange.mean),
      .number(means.value), .number(means.standardError),
    ] + row.sizes.map { .number($0.rejected.value) }
      + [.number(row.sizes.map(\.rejected.standardError).max() ?? 0)]
  }
}

/// How likely a split like the observed one is under chemotherapy alone, rate by rate.
struct SweptPValues {
  /// At least as large a share still shrinking.
  let shares: [MonteCarloEstimate]
  /// At most as large a mean late change.
  let means: [MonteCarloEstimate]

  init(_ rows: [ReferenceAtRate], _ split: CohortSplit) {
    let share = Double(split.shrinking) / Double(split.late.count)
    let mean = split.late.mean ?? 0
    shares = rows.map { $0.pValue(shrinkingShare: share) }
    means = rows.map { $0.pValue(meanLateChange: mean) }
  }

  var shareWords: String { Self.range(shares) }
  var meanWords: String { Self.range(means) }
  /// The largest Monte-Carlo error.
  var error: Double { (shares + means).map(\.standardError).max() ?? 0 }

  private static func range(_ estimates: [MonteCarloEstimate]) -> String {
    let values = estimates.map(\.value)
    guard let least = values.min(), let most = values.max() else { return "" }
    return least == most ? pSentence(least) : "p from \(pWords(least)) to \(pWords(most))"
  }
}
