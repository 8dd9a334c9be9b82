import JSON
import PluginProtocol
import RECIST
import TimeToEvent

/// What is known of one patient, day by day.
struct CourseTable {
  let course: PatientCourse

  var table: ResultDocument.ResultTable {
    .init(
      name: "course", title: "What is known",
      columns: [.init("day", "Day", .count), .init("what", "What")],
      rows: facts.map { [.integer(Int64($0.day)), .string($0.what)] })
  }

  private var facts: [(day: Int, what: String)] {
    let visits = course.visits.map { ($0.day, "assessment: \($0.response.rawValue)") }
    let others = [
      (course.newTherapyDay, "another therapy begins"),
      (course.lastContactDay, "known to be alive"),
      (course.deathDay, "death"),
    ].compactMap { day, what in day.map { ($0, what) } }
    // A stable order: what comes first in the list comes first on its day.
    return (visits + others).enumerated()
      .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map { (day: $0.element.0, what: $0.element.1) }
  }
}
