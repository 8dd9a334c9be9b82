public import PluginProtocol

/// Whose assessments count: the reader asked for, else the only one, else the investigator.
public struct Evaluator: Sendable, Hashable {
  /// Nothing where readers have no names.
  public let name: String?
  public let notes: [Note]

  /// - Throws: `Refusal` for a reader who is not there, or where there are several to choose from.
  public init(among present: Set<String?>, wanted: String?, named dataset: String) throws(Refusal) {
    let names = present.compactMap { $0 }.sorted()
    let list = names.isEmpty ? "no named evaluator" : names.joined(separator: ", ")
    if let wanted {
      guard names.contains(wanted) else {
        let nearest = names.nearest(to: wanted).map { "; did you mean \($0)?" } ?? ""
        throw Refusal(
          "parameter.value",
          "evaluator=\(wanted): the data set \(dataset) has \(list)\(nearest)",
          parameter: "evaluator", expected: list)
      }
      (name, notes) = (wanted, [])
    } else if present.count == 1 {
      (name, notes) = (present.first ?? nil, [])
    } else {
      guard names.contains("INVESTIGATOR") else {
        throw Refusal(
          "parameter.missing",
          "the data set \(dataset) has several evaluators: say evaluator= one of \(list)",
          parameter: "evaluator", expected: list)
      }
      let others = names.filter { $0 != "INVESTIGATOR" }.joined(separator: ", ")
      name = "INVESTIGATOR"
      notes = [
        Note(
          .info, "evaluator.investigator",
          "The investigator's assessments were used; the data set also has "
            + (others.isEmpty ? "unnamed ones." : "\(others)."))
      ]
    }
  }
}
