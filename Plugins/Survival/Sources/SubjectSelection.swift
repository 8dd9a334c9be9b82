import PluginProtocol
import TrialData

/// The patients who fit `where=`.
struct SubjectSelection {
  private let condition: SubjectCondition?
  private let name: String

  init(_ condition: SubjectCondition?, named name: String) {
    self.condition = condition
    self.name = name
  }

  func select(from all: [Subject]) throws(Refusal) -> (subjects: [Subject], notes: [Note]) {
    guard !all.isEmpty else {
      throw Refusal("data.no-subjects", "the data set \(name) has no subjects")
    }
    guard let condition else { return (all, []) }
    let (matching, unknown) = condition.select(from: all)
    let left =
      unknown.isEmpty
      ? "" : "; \(unknown.count) without a value to judge by \(are(unknown.count)) left out"
    let unused = condition.unusedTexts(among: all).map { column, text, present in
      "no patient has the \(column.rawValue) \"\(text)\"; there "
        + (present.isEmpty ? "is none" : "are \(present.prefix(10).joined(separator: ", "))")
    }
    guard !matching.isEmpty else {
      throw Refusal(
        "data.no-patients",
        (["where=\(condition.text): none of the \(all.count) patients of \(name) fits\(left)"]
          + unused).joined(separator: "; "), parameter: "where")
    }
    let note = Note(
      unknown.isEmpty ? .info : .caution, "where",
      "Where \(condition.text): \(matching.count) of \(all.count) patients\(left).")
    return (
      matching,
      [note] + unused.map { Note(.warning, "where.value", "Where \(condition.text): \($0).") }
    )
  }
}
