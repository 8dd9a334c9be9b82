import JSON
import PluginKit
import PluginProtocol
import Statistics

/// Rates by group, each drawn toward the others as far as chance explains their differences.
struct ShrunkenGroups: Sendable {
  let options: Options
  let grouping: Options.Grouping
  let groups: [(key: GroupKey, count: ResponseCount)]

  /// The most groups for which this is shown unasked.
  private static let limit = 20

  func write(into document: inout ResultDocument) throws {
    let known = groups.filter { !$0.key.isMissing }
    guard known.count > 1 else { return }
    guard known.count <= Self.limit else {
      document.notes.append(
        Note(
          .info, "groups.not-shrunk",
          "With more than \(Self.limit) groups no shrinkage estimate is shown."))
      return
    }
    let shrunk = try ShrunkenRates(
      known.map(\.count), heterogeneity: options.borrowing.heterogeneity)
    document.tables.append(table(known, shrunk))
    document.methods.append(
      .init(
        topic: "shrinkage",
        choice: "groups exchangeable: logits normal(mu, tau); mu normal(0, 2), tau"
          + " \(options.borrowing.heterogeneity); by quadrature",
        source: "Jones 2011, Clin Trials 8:129"))
    let tau = shrunk.heterogeneity
    document.notes.append(
      Note(
        .info, "groups.shrunk",
        "SD between the groups' logits: \(decimal(tau.median, places: 2)) (95 %"
          + " \(decimal(tau.lower, places: 2)) to \(decimal(tau.upper, places: 2)));"
          + " with few groups its prior counts for much."))
  }

  private func table(
    _ known: [(key: GroupKey, count: ResponseCount)], _ shrunk: ShrunkenRates
  ) -> ResultDocument.ResultTable {
    let tails = ((1 - options.level) / 2, (1 + options.level) / 2)
    return .init(
      name: "by-\(grouping.rawValue)-shrunk",
      title: "Shrunk toward each other, \(shortPercent(options.level)) credible intervals",
      columns: [
        .init("group", grouping.rawValue), .init("responders", "Responders", .count),
        .init("patients", "Patients", .count), .init("rate", "Rate", .percent),
        .init("shrink", "Shrunk", .percent), .init("lower", "Lower", .percent),
        .init("upper", "Upper", .percent),
      ],
      rows: zip(known, shrunk.densities).map { group, density in
        [
          .string(group.key.label), .integer(Int64(group.count.responders)),
          .integer(Int64(group.count.patients)), .number(group.count.rate),
          .number(density.mean), .number(density.quantile(tails.0)),
          .number(density.quantile(tails.1)),
        ]
      })
  }
}
