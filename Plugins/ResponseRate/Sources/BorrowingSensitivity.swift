import JSON
import PluginProtocol
import Statistics

/// How far the answer depends on what nobody knows: tau's prior, the robust weight, the power
/// prior's share, and which analysis stands for a trial.
struct BorrowingSensitivity: Sendable {
  let trials: ControlTrials
  let treated: BetaShape
  let borrowing: BorrowingOptions
  let level: Double
  let map: MetaAnalyticPrior

  func tables() throws -> [ResultDocument.ResultTable] {
    [try tau(), try weights(), try shares()] + [try analyses()].compactMap(\.self)
  }

  private func superiority(_ density: RateDensity) -> Double {
    RateComparison(treated: treated, control: density).probabilityOfSuperiority
  }

  private func updated(_ density: RateDensity) -> RateDensity {
    trials.concurrent.map { density.updated(by: $0.count).posterior } ?? density
  }

  private func summary(_ density: RateDensity) -> [JSONValue] {
    [
      .number(density.mean), .number(density.quantile((1 - level) / 2)),
      .number(density.quantile((1 + level) / 2)), .number(superiority(density)),
    ]
  }

  private static let summaryColumns: [ResultDocument.Column] = [
    .init("rate", "Control", .percent), .init("lower", "Lower", .percent),
    .init("upper", "Upper", .percent), .init("superiority", "P(T > C)", .number),
  ]

  // MARK: Tau

  private static let priors: [HeterogeneityPrior] = [
    .halfNormal(scale: 0.25), .halfNormal(scale: 0.5), .halfNormal(scale: 1),
    .uniform(lower: 0, upper: 2), .fixed(0),
  ]

  private func tau() throws -> ResultDocument.ResultTable {
    let given = borrowing.heterogeneity
    let others = Self.priors.filter { $0 != given }
    let rows = try ([given] + others).map { prior -> [JSONValue] in
      let map = prior == given ? map : try MetaAnalyticPrior(trials.counts, heterogeneity: prior)
      let tau = map.heterogeneity
      return [
        .string("\(prior)"), .number(tau.median), .number(tau.upper),
      ] + summary(updated(map.density))
    }
    return .init(
      name: "borrowing-tau", title: "MAP under other priors of tau, the SD between trials' logits",
      columns: [
        .init("tau", "Prior of tau"), .init("tau-median", "Median tau", .number),
        .init("tau-upper", "97.5 %", .number),
      ] + Self.summaryColumns, rows: rows)
  }

  // MARK: Weight and share

  private func weights() throws -> ResultDocument.ResultTable {
    let robust = RobustPrior(map.density, concurrent: trials.concurrent?.count)
    let (informative, vague) = (superiority(robust.informative), superiority(robust.vague))
    let weights = Set([0, 0.1, 0.2, 0.3, 0.5, 0.8, 1, borrowing.weight]).sorted()
    return .init(
      name: "borrowing-weight", title: "Robust MAP by the weight of its vague part",
      columns: [
        .init("weight", "Weight before", .number),
        .init("posterior-weight", "Weight after", .number),
        .init("rate", "Control", .percent), .init("superiority", "P(T > C)", .number),
      ],
      rows: try weights.map { weight in
        let after = try robust.vagueWeight(prior: weight)
        return [
          .number(weight), .number(after),
          .number((1 - after) * robust.informative.mean + after * robust.vague.mean),
          .number((1 - after) * informative + after * vague),
        ]
      })
  }

  private func shares() throws -> ResultDocument.ResultTable {
    let shares = Set([0, 0.1, 0.25, 0.5, 0.75, 1, borrowing.share]).sorted()
    return .init(
      name: "borrowing-share", title: "Power prior by the share of a control patient that counts",
      columns: [.init("share", "a0", .number)] + Self.summaryColumns,
      rows: try shares.map { share in
        var shape = try PooledControl.powerPrior(trials.counts, share: share)
        if let own = trials.concurrent { shape = shape.updated(by: own.count) }
        return [.number(share)] + summary(RateDensity(shape))
      })
  }

  // MARK: Analyses

  /// Nothing where no trial has another analysis.
  private func analyses() throws -> ResultDocument.ResultTable? {
    guard trials.trials.contains(where: { !$0.alternatives.isEmpty }) else { return nil }
    var rows: [[JSONValue]] = [[.string("as pooled")] + summary(updated(map.density))]
    for (index, trial) in trials.trials.enumerated() {
      for other in trial.alternatives {
        guard let count = other.count else { continue }
        var counts = trials.counts
        counts[index] = count
        rows.append([.string("\(trial.name) by \(other.label)")] + (try row(counts)))
      }
    }
    let all = trials.trials.flatMap { [$0.count] + $0.alternatives.compactMap(\.count) }
    rows.append([.string("\(all.count) analyses as if trials (wrong)")] + (try row(all)))
    return .init(
      name: "borrowing-analyses", title: "MAP by the analysis that stands for a trial",
      columns: [.init("analysis", "Analysis")] + Self.summaryColumns, rows: rows)
  }

  private func row(_ counts: [ResponseCount]) throws -> [JSONValue] {
    summary(
      updated(try MetaAnalyticPrior(counts, heterogeneity: borrowing.heterogeneity).density))
  }
}
