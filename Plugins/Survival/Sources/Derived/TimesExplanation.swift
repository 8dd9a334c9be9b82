import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// Why a patient's times to response, progression and death are what they are.
struct TimesExplanation {
  static let analysis = "explain-times"

  private let subject: Subject
  private let name: String
  private let events: [Event]
  private let known: KnownDays
  private let found: CourseReader.Found
  private let options: DerivationOptions

  static func document(_ request: RunRequest) throws -> ResultDocument {
    guard let file = request.dataset else {
      throw Refusal("data.missing", "explain-times needs a data set", parameter: "dataset")
    }
    return try Self(request.values, file).document()
  }

  private init(_ values: Parameters, _ file: RunRequest.DatasetFile) throws {
    options = try DerivationOptions(values)
    let dataset = try TrialDataset(path: file.path)
    let wanted = try values.text("subject")
    let subjects = try dataset.subjects()
    guard let subject = subjects.first(where: { $0.subject == wanted }) else {
      let nearest =
        subjects.map(\.subject).nearest(to: wanted).map { "; did you mean \($0)?" } ?? ""
      throw Refusal(
        "parameter.value", "\(file.name) has no subject \(wanted)\(nearest)", parameter: "subject",
        expected: "one of its \(subjects.count) subjects")
    }
    self.subject = subject
    name = file.name
    let reader = CourseReader(dataset: dataset, name: file.name, options: options)
    guard let found = try reader.found() else {
      throw Refusal(
        "data.no-assessments",
        "the data set \(file.name) has no assessments: its times are as its source gave them, and"
          + " nothing says why", parameter: "from")
    }
    self.found = found
    let events = try dataset.events()
    self.events = events
    known = KnownDays(events)
  }

  private func document() throws -> ResultDocument {
    let all = try TimeEndpoint.allCases.map {
      try DerivedTimes($0, found, known, of: [subject], in: name, options: options)
    }
    let id = subject.subject
    var document = ResultDocument(analysis: Self.analysis, title: "\(id): times to events")
    if let course = all.first?.courses[id] {
      document.tables.append(CourseTable(course: course).table)
      if let after = options.derivation.afterPartialResponse(course) {
        document.notes.append(
          Note(
            .info, "explain.after-partial-response",
            "After the partial response: \(after.kind.rawValue)."))
      }
    }
    document.tables.append(times(all.compactMap { $0.outcomes[id] }))
    document.notes += found.notes + disagreements(all)
    document.methods =
      DerivationCard(options: options, source: found.source, endpoints: TimeEndpoint.allCases)
      .choices
    return document
  }

  private func times(_ outcomes: [DerivedOutcome]) -> ResultDocument.ResultTable {
    .init(
      name: "times", title: "Times, in days",
      columns: [
        .init("endpoint", "Endpoint"), .init("from", "From day", .count),
        .init("time", "Days", .count), .init("counts-as", "Counts as"), .init("reason", "Why"),
      ], rows: zip(TimeEndpoint.allCases, outcomes).map(Self.row))
  }

  private static func row(_ endpoint: TimeEndpoint, _ outcome: DerivedOutcome) -> [JSONValue] {
    let label = JSONValue.string(Endpoint(endpoint.rawValue).label)
    switch outcome {
    case .none(let absence): return [label, .null, .null, .string("none"), .string("\(absence)")]
    case .time(let time):
      return [
        label, .integer(Int64(time.startDay)), .integer(Int64(time.time)),
        .string(time.occurred ? "event" : "censored"), .string("\(time.reason)"),
      ]
    }
  }

  /// Where the data set has another time of its own.
  private func disagreements(_ all: [DerivedTimes]) -> [Note] {
    all.compactMap { derived in
      let endpoint = Endpoint(derived.endpoint.rawValue)
      let given = EndpointRows(events, endpoint: endpoint.name, named: name).rows[subject.subject]
      guard let given, let ours = derived.rows[subject.subject], given != ours else { return nil }
      return Note(
        .caution, "derived.differs",
        "The events of \(name) have \(endpoint.name) as \(given.words); here it is \(ours.words).")
    }
  }
}
