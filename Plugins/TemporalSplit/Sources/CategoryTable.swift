import JSON
import PluginProtocol

/// How many patients shrank by 10 % early, late, both or neither.
struct CategoryTable {
  let counts: [SubjectSplit.Category: Int]
  let total: Int

  init(_ split: CohortSplit) {
    counts = split.contributors.compactMap(\.category).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    total = split.contributors.count
  }

  var table: ResultDocument.ResultTable {
    .init(
      name: "categories", title: "Shrinkage of at least 10 % in the early and the late window",
      columns: [
        .init("category", "Shrank"), .init("patients", "n", .count),
        .init("share", "Share", .percent),
      ],
      rows: SubjectSplit.Category.allCases.map { category in
        let count = counts[category] ?? 0
        return [
          .string(category.label), .integer(Int64(count)),
          .number(Double(count) / Double(max(1, total))),
        ]
      })
  }
}
