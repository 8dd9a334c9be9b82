import JSON
import PluginKit
import PluginProtocol
import Statistics

/// The meta-analytic prior itself: its summary, what it is worth, and beta distributions that
/// stand in for it elsewhere.
struct MapSummary: Sendable {
  let prior: MetaAnalyticPrior
  let weight: Double
  let level: Double
  let concurrent: ResponseCount?

  func write(into document: inout ResultDocument) throws {
    let fit = BetaMixture.approximating(prior.density)
    document.tables += [summary, mixture(fit.mixture)]
    document.notes.append(Note(.info, "borrow.ess", sizes(fit)))
  }

  private var summary: ResultDocument.ResultTable {
    let (density, tau) = (prior.density, prior.heterogeneity)
    return .init(
      name: "map-prior", title: "MAP prior, from \(prior.controls.count) trials",
      columns: [
        .init("quantity", "Quantity"), .init("mean", "Mean", .number),
        .init("sd", "SD", .number), .init("lower", "2.5 %", .number),
        .init("median", "Median", .number), .init("upper", "97.5 %", .number),
      ],
      rows: [
        [.string("control rate in a new trial")]
          + [
            density.mean, density.standardDeviation, density.quantile(0.025),
            density.quantile(0.5), density.quantile(0.975),
          ].map(JSONValue.number),
        [.string("tau")]
          + [tau.mean, tau.standardDeviation, tau.lower, tau.median, tau.upper].map(
            JSONValue.number),
      ])
  }

  private func mixture(_ mixture: BetaMixture) -> ResultDocument.ResultTable {
    .init(
      name: "map-mixture", title: "MAP prior as a mixture of beta distributions",
      columns: [
        .init("weight", "Weight", .number), .init("a", "a", .number), .init("b", "b", .number),
      ],
      rows: mixture.components.map {
        [.number($0.weight), .number($0.shape.a), .number($0.shape.b)]
      })
  }

  private func sizes(_ fit: (mixture: BetaMixture, divergence: Double)) -> String {
    let sizes = EffectiveSampleSize.allCases.map { method in
      let size = fit.mixture.effectiveSampleSize(method)
      return "\(method.rawValue) \(size.map { tenths($0) } ?? "undefined")"
    }
    return "The MAP prior is worth, in patients: \(sizes.joined(separator: ", ")) (of the beta"
      + " mixture, Kullback-Leibler divergence \(decimal(max(0, fit.divergence), places: 5)))."
  }

  private func tenths(_ value: Double) -> String { points(value / 100) }
}
