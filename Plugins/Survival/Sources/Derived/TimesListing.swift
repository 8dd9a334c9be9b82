import PluginData
import PluginKit
import PluginProtocol
import RECIST
import TimeToEvent
import TrialData

/// Derived times of a data set's patients as an ADTTE, and nothing else, so that its CSV is that file.
struct TimesListing {
  static let analysis = "derive-times"

  private let dataset: TrialDataset
  private let name: String
  private let endpoints: [TimeEndpoint]
  private let options: DerivationOptions
  private let selection: SubjectSelection

  /// - Throws: `Refusal` where the data set cannot answer.
  static func document(_ request: RunRequest) throws -> ResultDocument {
    guard let file = request.dataset else {
      throw Refusal("data.missing", "derive-times needs a data set", parameter: "dataset")
    }
    return try Self(request.values, file).document()
  }

  private init(_ values: Parameters, _ file: RunRequest.DatasetFile) throws {
    dataset = try TrialDataset(path: file.path)
    name = file.name
    endpoints = try Self.endpoints(values.text("endpoint"))
    options = try DerivationOptions(values)
    selection = try SubjectSelection(values)
  }

  /// The endpoints named, in the order they are always in.
  private static func endpoints(_ text: String) throws(Refusal) -> [TimeEndpoint] {
    guard text != "all" else { return TimeEndpoint.allCases }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let known = TimeEndpoint.allCases.map(\.rawValue)
    guard names.allSatisfy(known.contains), Set(names).count == names.count else {
      throw .parameter(
        "endpoint", text, expected: "all, or different ones of \(known.joined(separator: ", "))")
    }
    return TimeEndpoint.allCases.filter { names.contains($0.rawValue) }
  }

  private func document() throws -> ResultDocument {
    let (subjects, notes) = try selection.select(from: try dataset.subjects(), named: name)
    let reader = CourseReader(dataset: dataset, name: name, options: options)
    guard let found = try reader.found() else {
      throw Refusal(
        "data.no-assessments",
        "the data set \(name) has no \(options.derivation.standard.label) assessments to derive times"
          + " from", parameter: "from")
    }
    let known = KnownDays(try dataset.events())
    let all = try endpoints.map {
      try DerivedTimes($0, found, known, of: subjects, in: name, options: options)
    }
    var document = ResultDocument(analysis: Self.analysis, title: "\(name): derived times")
    let table = TimesTable(endpoints: all, subjects: subjects).table
    guard !table.rows.isEmpty else {
      throw Refusal(
        "data.no-patients", "none of the \(patients(subjects.count)) of \(name) has such a time",
        parameter: "endpoint")
    }
    document.tables = [table]
    document.notes = notes + distinct(all.flatMap(\.notes)) + [Self.file]
    document.methods =
      DerivationCard(options: options, source: found.source, endpoints: endpoints).choices
    return document
  }

  private func distinct(_ notes: [Note]) -> [Note] {
    notes.enumerated().filter { place, note in !notes[..<place].contains(note) }.map(\.element)
  }

  private static let file = Note(
    .info, "times.file",
    "With --format csv this is an ADTTE that import reads, beside the subjects: STABIL is"
      + " stabilization there, and a time that starts at a response keeps its length only.")
}
