public import PluginKit
public import PluginProtocol
public import TrialData

/// Who of a data set's subjects is analyzed: those who fit the parameter `where`.
public struct SubjectSelection: Sendable {
  /// Nothing where everybody is.
  public let condition: SubjectCondition?

  /// - Throws: `Refusal` that points at what is wrong with the condition.
  public init(_ values: Parameters) throws(Refusal) {
    guard let text = try values.optionalText("where") else {
      condition = nil
      return
    }
    do {
      condition = try SubjectCondition(text)
    } catch {
      throw Refusal(
        "parameter.value", "where=\(text): \(error)", parameter: "where",
        expected: "a condition such as \"age >= 65 and sex = F\"", place: error.range)
    }
  }

  /// The subjects who fit, with notes that say how many of how many.
  ///
  /// - Throws: `Refusal` when there is none.
  public func select(
    from all: [Subject], named name: String
  ) throws(Refusal) -> (subjects: [Subject], notes: [Note]) {
    guard !all.isEmpty else {
      throw Refusal("data.no-subjects", "the data set \(name) has no subjects")
    }
    guard let condition else { return (all, []) }
    let (matching, unknown) = condition.select(from: all)
    let unused = condition.unusedTexts(among: all).map { column, text, present in
      "no patient has the \(column.rawValue) \"\(text)\"; there "
        + (present.isEmpty ? "is none" : "are \(present.prefix(10).joined(separator: ", "))")
        + (present.count > 10 ? " and \(present.count - 10) more" : "")
    }
    let left = unknown.isEmpty ? [] : [Self.missing(unknown.count, condition)]
    guard !matching.isEmpty else {
      throw Refusal(
        "data.no-patients",
        (["where=\(condition.text): none of the \(all.count) patients of \(name) fits"]
          + unused + left).joined(separator: "; "), parameter: "where")
    }
    let count = Note(
      unknown.isEmpty ? .info : .caution, "where",
      (["Where \(condition.text): \(matching.count) of \(all.count) patients"] + left)
        .joined(separator: "; ") + ".")
    return (
      matching,
      [count] + unused.map { Note(.warning, "where.value", "Where \(condition.text): \($0).") }
    )
  }

  private static func missing(_ count: Int, _ condition: SubjectCondition) -> String {
    let columns = condition.columns.map(\.rawValue).joined(separator: " or ")
    return "\(count) without a value of \(columns) cannot be judged and \(are(count)) left out"
  }
}
