import JSON
import PluginData
import PluginKit
import PluginProtocol
import RECIST
import TimeToEvent

/// One lane a patient: how long followed, what was seen, and what ended the time.
struct SwimmerFigure {
  /// More lanes nobody can follow.
  static let mostPatients = 80

  let options: SurvivalOptions
  let derived: DerivedTimes
  /// The patients of each curve, by the curve's name.
  let curves: [(name: String, subjects: [String])]

  private struct Lane {
    let subject: String
    let course: PatientCourse
    let time: DerivedTime

    /// The last day anything is known of.
    var end: Int {
      [time.endDay, course.deathDay ?? 0, course.lastAliveDay ?? 0].max() ?? 0
    }

    var isOngoing: Bool { !time.occurred && course.deathDay == nil }
  }

  var figure: ResultDocument.Figure {
    let groups = curves.map { (name: $0.name, lanes: lanes($0.subjects)) }
    let all = groups.flatMap(\.lanes)
    return .init(
      name: "swimmer", kind: .swimmer, title: "Courses of patients: \(derived.label.words)",
      axes: [
        .init(name: "x", label: "Time from day 0", unit: options.unit.rawValue, minimum: 0),
        .init(name: "y", label: ""),
      ],
      series: groups.map { bars($0.lanes, of: $0.name) } + marks(all),
      alternativeText: alternativeText(all),
      caption: "Bars run to the last day anything is known of; beside them stands what ended the"
        + " time. Arrows: alive and free of the event when last known of. Only a first response,"
        + " a complete one after it and progression are marked.")
  }

  /// The longest first.
  private func lanes(_ subjects: [String]) -> [Lane] {
    subjects.compactMap { subject in
      guard let course = derived.courses[subject], let time = derived.outcomes[subject]?.time else {
        return nil
      }
      return Lane(subject: subject, course: course, time: time)
    }.sorted { ($1.end, $0.subject) < ($0.end, $1.subject) }
  }

  private func place(_ day: Int) -> JSONValue { .number(options.unit.value(Double(day))) }

  private func bars(_ lanes: [Lane], of name: String) -> ResultDocument.Series {
    .init(
      name: name, label: name, x: lanes.map { place($0.end) },
      y: lanes.map { .string($0.subject) }, lower: lanes.map { _ in .number(0) },
      upper: lanes.map { place($0.end) }, labels: lanes.map(\.time.reason.kind.rawValue),
      style: .bars)
  }

  // MARK: Marks

  private func marks(_ lanes: [Lane]) -> [ResultDocument.Series] {
    var days: [(name: String, subject: String, day: Int)] = []
    for lane in lanes {
      days += responses(lane).map { ($0.response.rawValue, lane.subject, $0.day) }
      if let day = lane.course.newTherapyDay { days.append(("new therapy", lane.subject, day)) }
      if let day = lane.course.deathDay { days.append(("death", lane.subject, day)) }
    }
    let order =
      ResponseCategory.allCases.reversed().flatMap {
        [$0.rawValue, ResponseCode(immune: $0).rawValue]
      } + ["iCPD", "new therapy", "death"]
    let named = Dictionary(grouping: days, by: \.name)
    var seen = Set<String>()
    let points = order.filter { seen.insert($0).inserted }.compactMap { name in
      named[name].map { series(name, $0.map { ($0.subject, $0.day) }, .points) }
    }
    let ongoing = lanes.filter(\.isOngoing).map { ($0.subject, $0.end) }
    return points + (ongoing.isEmpty ? [] : [series("alive, no event", ongoing, .arrows)])
  }

  /// The first response, the first complete one, and the first progression.
  private func responses(_ lane: Lane) -> [ImmuneVisit] {
    let visits = lane.course.visits
    let response = derived.options.derivation.firstResponseDay(of: lane.course)
    let first = visits.first { $0.day == response && $0.response.rank.isObjectiveResponse }
    let complete = visits.first { visit in
      visit.response.rank == .completeResponse && response.map { visit.day > $0 } ?? false
    }
    let progression = derived.options.derivation.progressionDay(of: lane.course)
    let end = visits.first { $0.day == progression && $0.response.rank == .progressiveDisease }
    let isComplete = first?.response.rank == .completeResponse
    let kept = [first, isComplete ? nil : complete, end].compactMap(\.self)
    return kept.filter { $0.day <= end?.day ?? .max }
  }

  private func series(
    _ name: String, _ points: [(subject: String, day: Int)],
    _ style: ResultDocument.Series.Style
  ) -> ResultDocument.Series {
    .init(
      name: name, label: name, x: points.map { place($0.day) },
      y: points.map { .string($0.subject) }, style: style)
  }

  private func alternativeText(_ lanes: [Lane]) -> String {
    let events = lanes.count { $0.time.occurred }
    return "\(patients(lanes.count)), a lane each, the longest followed to"
      + " \(options.unit.text(Double(lanes.map(\.end).max() ?? 0))). \(events) had the event,"
      + " \(lanes.count(where: \.isOngoing)) were alive without it when last known of."
  }
}
