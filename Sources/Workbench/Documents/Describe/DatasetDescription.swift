import ClientProtocol
import JSON
import PluginProtocol
import RECIST
import Store
import TrialData

/// What `describe` says of a data set, counted from its file.
struct DatasetDescription {
  private let contents: DatasetContents
  private var document = ResultDocument(.describe)

  /// - Throws: When the file is gone or damaged.
  static func document(
    of record: DatasetRecord, path: String
  ) throws(TrialDataError) -> ResultDocument {
    var description = DatasetDescription(try DatasetContents(TrialDataset(path: path)))
    description.document.title = "\(record.name): \(counted(record.subjects, "subject"))"
    description.document.dataset = .init(name: record.name, hash: record.hash)
    description.addBaseline()
    description.addArms()
    description.addAssessments()
    description.addSites()
    description.addEvents()
    description.addExposures()
    description.addMarkers()
    description.document.add(
      "missing", "Missing values", MissingValues.columns,
      MissingValues(description.contents).rows)
    description.document.addTables(of: record)
    description.document.addSources(of: record)
    for note in (try? JSONValue(parsing: record.notes))?.array ?? [] {
      description.document.note("import.note", note.string ?? note.text)
    }
    return description.document
  }

  private init(_ contents: DatasetContents) { self.contents = contents }

  private mutating func addBaseline() {
    guard !contents.subjects.isEmpty else { return }
    document.tables.append(BaselineTable(contents).table)
    document.note(
      "describe.spread",
      "Numbers are medians with their range. The baseline sum is of each target lesion's last "
        + "reading up to day 0"
        + (contents.evaluator.map { ", by \($0)" } ?? "") + "; days count from first dose.")
  }

  private mutating func addSites() {
    document.add(
      "sites", "Lesions by site",
      [
        .init("site", "Site"), .init("role", "Role"), .init("lesions", "Lesions", .count),
        .init("subjects", "Subjects", .count),
      ],
      Tally(contents.lesions) { [.text($0.site), .string($0.role.rawValue)] }.groups
        .sorted { $0.members.count > $1.members.count }
        .map { group in
          group.key + [
            .count(group.members.count), .count(Set(group.members.map(\.subject)).count),
          ]
        })
  }

  private mutating func addArms() {
    let groups = Tally(contents.subjects) { [.text($0.arm), Self.dose($0), .text($0.cohort)] }
    document.add(
      "arms", "Arms and doses",
      [
        .init("arm", "Arm"), .init("dose", "Dose"), .init("cohort", "Cohort"),
        .init("subjects", "Subjects", .count),
      ],
      groups.rows { [.count($0.count)] })
  }

  private mutating func addAssessments() {
    let assessments = contents.assessments
    let measurements = contents.measurements
    let visits =
      assessments.map { Visit(label: $0.visit, subject: $0.subject, day: $0.day) }
      + measurements.map { Visit(label: $0.visit, subject: $0.subject, day: $0.day) }
    document.add(
      "visits", "Visits",
      [
        .init("visit", "Visit"), .init("subjects", "Subjects", .count),
        .init("first_day", "First day", .count), .init("median_day", "Median", .number),
        .init("last_day", "Last day", .count),
      ],
      Tally(visits) { [.text($0.label)] }.groups
        .sorted { Visit.days($0.members).lowerBound < Visit.days($1.members).lowerBound }
        .map { group in
          let days = Visit.days(group.members)
          return group.key + [
            .count(Set(group.members.map(\.subject)).count), .count(days.lowerBound),
            Spread(group.members.map { Double($0.day) }).map { .number($0.median) } ?? .null,
            .count(days.upperBound),
          ]
        })
    let evaluators = assessments.map(\.evaluator) + measurements.map(\.evaluator)
    document.add(
      "evaluators", "Evaluators",
      [.init("evaluator", "Evaluator"), .init("rows", "Rows", .count)],
      Tally(evaluators) { [.text($0)] }.rows { [.count($0.count)] })
    document.add(
      "responses", "Overall responses as recorded",
      [
        .init("response", "Response"), .init("assessments", "Assessments", .count),
        .init("subjects", "Subjects", .count),
      ],
      Tally(assessments.filter { $0.overall != nil }) { [.text($0.overall?.rawValue)] }.rows {
        [.count($0.count), .count(Set($0.map(\.subject)).count)]
      })
  }

  private mutating func addEvents() {
    document.add(
      "events", "Endpoints",
      [
        .init("endpoint", "Endpoint"), .init("subjects", "Subjects", .count),
        .init("events", "Events", .count),
      ],
      Tally(contents.events) { [.string($0.endpoint)] }.rows {
        [.count(Set($0.map(\.subject)).count), .count($0.count(where: \.occurred))]
      })
  }

  private mutating func addExposures() {
    document.add(
      "drugs", "Drugs",
      [
        .init("drug", "Drug"), .init("subjects", "Subjects", .count),
        .init("doses", "Administrations", .count),
      ],
      Tally(contents.exposures) { [.string($0.drug)] }.rows {
        [.count(Set($0.map(\.subject)).count), .count($0.count)]
      })
  }

  private mutating func addMarkers() {
    document.add(
      "markers", "Markers",
      [
        .init("marker", "Marker"), .init("unit", "Unit"),
        .init("subjects", "Subjects", .count), .init("values", "Values", .count),
      ],
      Tally(contents.markers) { [.string($0.marker), .text($0.unit)] }.rows {
        [.count(Set($0.map(\.subject)).count), .count($0.count { $0.value != nil })]
      })
  }

  static func dose(_ subject: Subject) -> JSONValue {
    guard let level = subject.doseLevel else { return .null }
    return .string(
      [JSONValue(level).text, subject.doseUnit].compactMap(\.self).joined(separator: " "))
  }

  private struct Visit {
    var label: String?
    var subject: String
    var day: Int

    static func days(_ visits: [Visit]) -> ClosedRange<Int> {
      let days = visits.map(\.day)
      return (days.min() ?? 0)...(days.max() ?? 0)
    }
  }
}

/// Things grouped by what they have in common, in the order in which the groups first occur.
private struct Tally<Element> {
  private(set) var groups: [(key: [JSONValue], members: [Element])] = []

  init(_ elements: [Element], by key: (Element) -> [JSONValue]) {
    var positions: [[JSONValue]: Int] = [:]
    for element in elements {
      let key = key(element)
      if let position = positions[key] {
        groups[position].members.append(element)
      } else {
        positions[key] = groups.count
        groups.append((key, [element]))
      }
    }
  }

  func rows(_ rest: ([Element]) -> [JSONValue]) -> [[JSONValue]] {
    groups.map { $0.key + rest($0.members) }
  }
}

extension DatasetShelf {
  func describe(_ dataset: DatasetRecord) async throws(CommandFailure) -> ResultDocument {
    let path = path(of: dataset)
    let outcome = await blocking { () -> Result<ResultDocument, TrialDataError> in
      do throws(TrialDataError) {
        return .success(try DatasetDescription.document(of: dataset, path: path))
      } catch {
        return .failure(error)
      }
    }
    do {
      return try outcome.get()
    } catch {
      throw CommandFailure(.file, "\(error)")
    }
  }
}
