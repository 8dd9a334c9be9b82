import PluginKit
import PluginProtocol
import TrialData

/// Which of a data set's patients are analyzed: those who fit `where=`, and of these those whom
/// the population takes by what was known at baseline.
struct PatientSelection: Sendable {
  let condition: SubjectCondition?
  private let needsTarget: Bool

  init(_ values: Parameters, _ population: Options.Population) throws(Refusal) {
    needsTarget = population == .measurable
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

  /// The patients to analyze, with notes that say how many of how many.
  ///
  /// - Throws: `Refusal` when there is none.
  func select(
    from dataset: TrialDataset, named name: String
  ) throws -> (subjects: [Subject], notes: [Note]) {
    let all = try dataset.subjects()
    guard !all.isEmpty else {
      throw Refusal("data.no-subjects", "the data set \(name) has no subjects")
    }
    var notes: [Note] = []
    var subjects = try fitting(all, name, &notes)
    if needsTarget { subjects = try measurable(subjects, dataset, name, &notes) }
    return (subjects, notes)
  }

  private func fitting(
    _ all: [Subject], _ name: String, _ notes: inout [Note]
  ) throws(Refusal) -> [Subject] {
    guard let condition else { return all }
    let (matching, unknown) = condition.select(from: all)
    let unused = condition.unusedTexts(among: all).map { column, text, present in
      "no patient has the \(column.rawValue) \"\(text)\"; there "
        + (present.isEmpty
          ? "is none" : "are \(present.prefix(10).joined(separator: ", "))")
        + (present.count > 10 ? " and \(present.count - 10) more" : "")
    }
    let left = unknown.isEmpty ? [] : [missing(unknown.count, condition)]
    guard !matching.isEmpty else {
      throw Refusal(
        "data.no-patients",
        ([
          "where=\(condition.text): none of the \(all.count) patients of \(name) fits"
        ] + unused + left).joined(separator: "; "), parameter: "where")
    }
    notes.append(
      Note(
        unknown.isEmpty ? .info : .caution, "where",
        (["Where \(condition.text): \(matching.count) of \(all.count) patients"] + left)
          .joined(separator: "; ") + "."))
    notes += unused.map { Note(.warning, "where.value", "Where \(condition.text): \($0).") }
    return matching
  }

  private func missing(_ count: Int, _ condition: SubjectCondition) -> String {
    let columns = condition.columns.map(\.rawValue).joined(separator: " or ")
    return
      "\(count) without a value of \(columns) cannot be judged and \(count == 1 ? "is" : "are")"
      + " left out"
  }

  /// Patients with at least one target lesion.
  private func measurable(
    _ subjects: [Subject], _ dataset: TrialDataset, _ name: String, _ notes: inout [Note]
  ) throws -> [Subject] {
    let targets = Set(
      try dataset.lesions().filter { $0.role == .target }.map(\.subject))
    guard !targets.isEmpty else {
      throw Refusal(
        "data.no-lesions",
        "the data set \(name) has no target lesions, so that nothing shows who has measurable disease",
        parameter: "population")
    }
    let measurable = subjects.filter { targets.contains($0.subject) }
    guard !measurable.isEmpty else {
      throw Refusal(
        "data.no-patients", "none of the \(subjects.count) patients has a target lesion",
        parameter: "population")
    }
    notes.append(
      Note(
        .info, "population.measurable",
        "Measurable disease: \(measurable.count) of \(subjects.count) patients have a target lesion."
      ))
    return measurable
  }
}
