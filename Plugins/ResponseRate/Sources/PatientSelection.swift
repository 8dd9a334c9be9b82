import PluginData
import PluginKit
import PluginProtocol
import TrialData

/// Which of a data set's patients are analyzed: those who fit `where=`, and of these those whom
/// the population takes by what was known at baseline.
struct PatientSelection: Sendable {
  private let fitting: SubjectSelection
  private let needsTarget: Bool

  var condition: SubjectCondition? { fitting.condition }

  init(_ values: Parameters, _ population: Options.Population) throws(Refusal) {
    needsTarget = population == .measurable
    fitting = try SubjectSelection(values)
  }

  /// The patients to analyze, with notes that say how many of how many.
  ///
  /// - Throws: `Refusal` when there is none.
  func select(
    from dataset: TrialDataset, named name: String
  ) throws -> (subjects: [Subject], notes: [Note]) {
    var (subjects, notes) = try fitting.select(from: dataset.subjects(), named: name)
    if needsTarget { subjects = try measurable(subjects, dataset, name, &notes) }
    return (subjects, notes)
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
