import PluginProtocol
import TrialData

/// The patients the late change is compared with.
struct ReferencePatients: Sendable {
  /// What they are called, such as "arm A".
  let name: String
  let series: [TumorSeries]
  /// What has to be known of where they come from.
  let notes: [Note]

  /// Nil where no patients are the reference.
  init?(
    _ options: SplitOptions, _ request: RunRequest, takenFrom cohort: inout Cohort
  ) throws {
    switch options.reference {
    case .arm(let name): try self.init(arm: name, takenFrom: &cohort)
    case .dataset(let name):
      try self.init(dataset: name, beside: cohort, options: options, request)
    case .model, .regimen, nil: return nil
    }
  }

  // MARK: An arm

  /// Takes the arm out of the patients to be analyzed.
  private init(arm name: String, takenFrom cohort: inout Cohort) throws(Refusal) {
    let arms = Set(cohort.series.compactMap(\.subject.arm)).sorted()
    guard arms.contains(name) else {
      let nearest = arms.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
      let list = arms.isEmpty ? "no arms" : "the arms \(arms.joined(separator: ", "))"
      throw Refusal(
        "parameter.value", "reference=arm:\(name): \(cohort.name) has \(list)\(nearest)",
        parameter: "reference", expected: list)
    }
    self.name = "arm " + name
    series = cohort.series.filter { $0.subject.arm == name }
    notes = []
    cohort.series.removeAll { $0.subject.arm == name }
    guard !cohort.series.isEmpty else {
      throw Refusal(
        "data.no-patients",
        "reference=arm:\(name): every patient of \(cohort.name) is in that arm, so that nobody is"
          + " left to compare with it", parameter: "reference")
    }
  }

  // MARK: Another data set

  /// Reads it as the patients to be analyzed were read, by the same options.
  private init(
    dataset name: String, beside cohort: Cohort, options: SplitOptions, _ request: RunRequest
  ) throws {
    guard let file = request.datasets?["reference"] else {
      throw Refusal(
        "data.missing", "reference=dataset:\(name): the data set was not handed over",
        parameter: "reference")
    }
    guard file.hash != request.dataset?.hash else {
      throw Refusal(
        "parameter.combination",
        "reference=dataset:\(name): that is the data set to be analyzed; an arm of it is"
          + " reference=arm:NAME", parameter: "reference", expected: "another data set")
    }
    let other = try CohortReader(file: file, options: options).read()
    self.name = "data set " + name
    series = other.series
    notes = Self.notes(other, named: name, hash: file.hash, beside: cohort)
  }

  private static func notes(
    _ other: Cohort, named name: String, hash: String, beside cohort: Cohort
  ) -> [Note] {
    var notes = [
      Note(
        .caution, "reference.dataset",
        "The data set \(name) (SHA-256 \(hash.prefix(12))…) is another trial: patients, scan days and"
          + " whoever read the scans may differ, and nobody was randomized between the two.")
    ]
    let arms = Set(other.series.compactMap(\.subject.arm)).sorted()
    if arms.count > 1 {
      notes.append(
        Note(
          .caution, "reference.dataset.arms",
          "All of its arms are the reference: \(arms.prefix(10).joined(separator: ", "))."))
    }
    if other.source != cohort.source {
      notes.append(
        Note(
          .caution, "reference.dataset.sums",
          "Its sums of diameters are \(other.source.words), those of \(cohort.name)"
            + " \(cohort.source.words)."))
    }
    return notes + other.notes
  }
}

extension SplitOptions.Source {
  /// Where sums came from, in words.
  var words: String { self == .reported ? "as reported" : "added up from target lesions" }
}
