import PluginData
import PluginKit
import PluginProtocol
import RECIST
import TimeToEvent
import TrialData

/// An endpoint of a data set's patients, derived from their assessments.
struct DerivedTimes: Sendable {
  let endpoint: TimeEndpoint
  let options: DerivationOptions
  let source: DerivationOptions.Source
  let courses: [String: PatientCourse]
  let outcomes: [String: DerivedOutcome]
  let notes: [Note]

  /// - Throws: `Refusal` naming the first patient whose course cannot be.
  init(
    _ endpoint: TimeEndpoint, _ found: CourseReader.Found, _ known: KnownDays,
    of subjects: [Subject], in name: String, options: DerivationOptions
  ) throws(Refusal) {
    let courses = try Self.courses(found, known, of: subjects, in: name)
    self.endpoint = endpoint
    self.options = options
    source = found.source
    self.courses = courses
    outcomes = courses.mapValues { options.derivation.outcome(endpoint, of: $0) }
    notes = found.notes + Self.notes(on: known, of: subjects, endpoint)
  }

  static func courses(
    _ found: CourseReader.Found, _ known: KnownDays, of subjects: [Subject], in name: String
  ) throws(Refusal) -> [String: PatientCourse] {
    var courses: [String: PatientCourse] = [:]
    var problems: [String] = []
    for subject in subjects.map(\.subject) {
      do throws(PatientCourseError) {
        courses[subject] = try PatientCourse(
          visits: found.visits[subject] ?? [], deathDay: known.deaths[subject],
          lastContactDay: known.lastContacts[subject], newTherapyDay: known.newTherapies[subject])
      } catch {
        problems.append("\(subject) has \(error)")
      }
    }
    guard let first = problems.first else { return courses }
    let others = problems.count - 1
    throw Refusal(
      "data.impossible-course",
      first + (others == 0 ? "" : ", and \(patients(others)) more are as impossible")
        + ": correct \(name), or leave them out with where=", parameter: "endpoint")
  }

  /// The rows a data set would have of it.
  var rows: [String: EndpointRows.Row] {
    outcomes.compactMapValues { outcome in
      outcome.time.map { EndpointRows.Row(day: $0.time, occurred: $0.occurred) }
    }
  }

  /// The endpoint as a person reads it.
  var label: Endpoint { Endpoint(endpoint.rawValue) }

  /// What somebody without a time lacks.
  var lacking: String {
    endpoint == .stabilization ? "a first response that was partial" : "a response"
  }

  private static func notes(
    on known: KnownDays, of subjects: [Subject], _ endpoint: TimeEndpoint
  ) -> [Note] {
    var notes: [Note] = []
    let undated = subjects.count { known.undated.contains($0.subject) }
    if undated > 0 {
      notes.append(
        Note(
          .warning, "deaths.undated",
          "\(undated) of \(patients(subjects.count)) died on a day that is not known: their deaths do"
            + " not count."))
    }
    if endpoint == .progressionFreeSurvival || endpoint == .durationOfResponse,
      known.deaths.isEmpty
    {
      notes.append(
        Note(
          .caution, "deaths.none",
          "The data set has no deaths (events os or death with a day): only progressions count."))
    }
    return notes
  }
}
