import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// Reads the times to an event of a data set's patients.
struct CohortReader {
  /// More curves than this are no comparison, and no picture.
  static let mostGroups = 50

  let file: RunRequest.DatasetFile
  let options: SurvivalOptions

  /// - Throws: `Refusal` where the data set cannot answer.
  func read() throws -> Cohort {
    let dataset = try TrialDataset(path: file.path)
    let all = try dataset.subjects()
    var (subjects, notes) = try options.selection.select(from: all, named: file.name)
    let endpoint = try EndpointTimes(
      options.endpoint, of: subjects, in: dataset, named: file.name, options.derivation)
    notes += endpoint.notes
    try keep(&subjects, &notes, having: endpoint.lacking, "endpoint") {
      endpoint.rows[$0.subject] != nil
    }
    for (column, parameter) in columns {
      try keep(&subjects, &notes, having: "a value of \(column.rawValue)", parameter) {
        column.value(of: $0) != nil
      }
    }
    let rows = subjects.compactMap { endpoint.rows[$0.subject] }
    let sample = try EventTimes(
      times: rows.map { Double($0.day) }, occurred: rows.map(\.occurred))
    try checkEvents(sample)
    let groups = try groups(of: subjects)
    return Cohort(
      name: file.name, endpoint: options.endpoint, subjects: subjects, sample: sample,
      groups: groups, strata: try strata(of: subjects), reference: try reference(in: groups),
      derived: endpoint.derived, responses: try responses(of: subjects, in: dataset), notes: notes)
  }

  /// - Throws: `Refusal` where nothing says who responded, or when.
  private func responses(
    of subjects: [Subject], in dataset: TrialDataset
  ) throws -> [String: Int]? {
    guard options.responderLandmark != nil else { return nil }
    let endpoint = TimeEndpoint(rawValue: options.endpoint.name)
    if let endpoint, endpoint.startsAtResponse || endpoint == .timeToResponse {
      throw Refusal(
        "parameter.combination",
        "landmark= compares responders with others, and \(endpoint.rawValue) is of responders only",
        parameter: "landmark", expected: "endpoint=pfs, ttp or os")
    }
    let reader = CourseReader(dataset: dataset, name: file.name, options: options.derivation)
    guard let found = try reader.found() else {
      throw Refusal(
        "data.no-assessments",
        "landmark= compares responders, and the data set \(file.name) has no assessments that say who"
          + " responded when", parameter: "landmark")
    }
    let courses = try DerivedTimes.courses(
      found, KnownDays(dataset.events()), of: subjects, in: file.name)
    return courses.compactMapValues(options.derivation.derivation.firstResponseDay)
  }

  private var columns: [(GroupColumn, String)] {
    (options.by.map { [($0, "by")] } ?? []) + options.strata.map { ($0, "stratify") }
  }

  /// Leaves out who lacks what is needed, and says how many.
  private func keep(
    _ subjects: inout [Subject], _ notes: inout [Note], having what: String, _ parameter: String,
    _ condition: (Subject) -> Bool
  ) throws(Refusal) {
    let kept = subjects.filter(condition)
    guard kept.count < subjects.count else { return }
    guard !kept.isEmpty else {
      throw Refusal(
        "data.no-patients",
        "none of the \(patients(subjects.count)) of \(file.name) has \(what)",
        parameter: parameter)
    }
    let left = subjects.count - kept.count
    notes.append(
      Note(
        .caution, "\(parameter).missing",
        "\(left) of \(patients(subjects.count)) without \(what) \(are(left)) left out."))
    subjects = kept
  }

  private func checkEvents(_ sample: EventTimes) throws(Refusal) {
    guard sample.events == 0 else { return }
    throw Refusal(
      "data.no-events",
      "none of the \(patients(sample.subjects)) had the event \(options.endpoint.name): all are"
        + " censored, and there is nothing to estimate", parameter: "endpoint")
  }

  private func groups(of subjects: [Subject]) throws(Refusal) -> Grouping? {
    guard let by = options.by else { return nil }
    let groups = by.grouping(subjects)
    guard groups.count > 1 else {
      throw Refusal(
        "data.one-group",
        "by=\(by.rawValue): all \(patients(subjects.count)) have the \(by.words)"
          + " \(groups.labels[0]), and a comparison needs two groups; leave by= out for one curve",
        parameter: "by")
    }
    guard options.subgroups.isEmpty || groups.count == 2 else {
      throw Refusal(
        "data.not-two-groups",
        "subgroups= compares two groups, and by=\(by.rawValue) has \(groups.count)"
          + " (\(groups.labels.joined(separator: ", "))); leave all but two out with where=",
        parameter: "subgroups")
    }
    guard groups.count <= Self.mostGroups else {
      throw Refusal(
        "data.too-many-groups",
        "by=\(by.rawValue): \(groups.count) groups are more than the \(Self.mostGroups) that can be"
          + " compared; narrow them with where=", parameter: "by")
    }
    guard options.combinesWeights, options.weights.isEmpty, groups.count > 2 else { return groups }
    throw Refusal(
      "data.not-two-groups",
      "test=maxcombo compares two groups, and by=\(by.rawValue) has \(groups.count)",
      parameter: "test")
  }

  private func strata(of subjects: [Subject]) throws -> Grouping? {
    options.strata.isEmpty
      ? nil : try Grouping.crossing(options.strata.map { $0.grouping(subjects) })
  }

  private func reference(in groups: Grouping?) throws(Refusal) -> Int {
    guard let groups, let wanted = options.reference else { return 0 }
    if let place = groups.labels.firstIndex(of: wanted) { return place }
    let list = groups.labels.joined(separator: ", ")
    let nearest = groups.labels.nearest(to: wanted).map { "; did you mean \($0)?" } ?? ""
    throw Refusal(
      "parameter.value",
      "reference=\(wanted): the groups are \(list)\(nearest)", parameter: "reference",
      expected: "one of \(list)")
  }
}
