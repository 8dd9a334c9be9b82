import JSON
import PluginKit
import PluginProtocol
import RECIST
import TrialData

/// A waterfall of the deepest change of every patient's sum of diameters, and a spider of all of
/// them.
struct TumorFigures {
  let reader: ResponseReader
  let patients: [PatientResponses.Patient]
  let newTherapyDays: [String: Int]
  let rules: ResponseRuleSet

  /// With more patients nobody can tell bars or lines apart, and finding them takes time.
  private static let mostBars = 2_000
  private static let mostLines = 300

  func write(into document: inout ResultDocument) throws {
    guard patients.count <= Self.mostBars else { return }
    let courses = try courses()
    let known = patients.filter { courses[$0.subject.subject]?.best != nil }
    guard !known.isEmpty else { return }
    let groups = groups(known)
    document.figures.append(waterfall(groups, courses, known.count))
    if known.count <= Self.mostLines {
      document.figures.append(spider(groups, courses, known.count))
    }
    let missing = patients.count - known.count
    guard missing > 0 else { return }
    document.notes.append(
      Note(
        .info, "figures.missing",
        "Waterfall and spider show \(known.count) of \(patients.count) patients: \(missing) had no"
          + " complete sum of diameters both at baseline and after it."))
  }

  // MARK: Courses

  private func courses() throws -> [String: TumorCourse] {
    let courses = try measured() ?? reported() ?? []
    return Dictionary(courses.map { ($0.subject, $0) }) { first, _ in first }
  }

  private func cut(_ subject: String) -> Int? {
    rules.best.stopsAtNewTherapy ? newTherapyDays[subject] : nil
  }

  private func measured() throws -> [TumorCourse]? {
    let histories = try reader.dataset.lesionHistories(criteria: rules.standard.criteria)
    guard let evaluator = evaluator(among: Set(histories.map(\.evaluator))) else { return nil }
    return histories.filter { $0.evaluator == evaluator }
      .compactMap { TumorCourse($0, before: cut($0.subject)) }
  }

  private func reported() throws -> [TumorCourse]? {
    let assessments = try reader.dataset.assessments().filter { $0.sumOfDiameters != nil }
    guard let evaluator = evaluator(among: Set(assessments.map(\.evaluator))) else { return nil }
    return Dictionary(grouping: assessments.filter { $0.evaluator == evaluator }, by: \.subject)
      .compactMap { TumorCourse(subject: $0, reported: $1, before: cut($0)) }
  }

  /// Whose sums are shown; a picture less is no reason to refuse a rate.
  private func evaluator(among present: Set<String?>) -> String?? {
    guard !present.isEmpty, let chosen = try? reader.chosenEvaluator(among: present) else {
      return nil
    }
    return .some(chosen.name)
  }

  // MARK: Figures

  private struct Group {
    let name: String
    let patients: [PatientResponses.Patient]
  }

  /// By best overall response, the best first; by response alone where only that is known.
  private func groups(_ known: [PatientResponses.Patient]) -> [Group] {
    func name(_ patient: PatientResponses.Patient) -> String {
      patient.best?.code.rawValue ?? (patient.isResponder ? "response" : "no response")
    }
    let ranks = Dictionary(
      known.map { (name($0), $0.best?.response ?? ($0.isResponder ? .partialResponse : .missing)) }
    ) { first, _ in first }
    return Dictionary(grouping: known, by: name)
      .map { Group(name: $0, patients: $1) }
      .sorted { left, right in
        let ranked = (ranks[left.name] ?? .missing, ranks[right.name] ?? .missing)
        return ranked.0 == ranked.1 ? left.name < right.name : ranked.0 > ranked.1
      }
  }

  private static let thresholds: [ResultDocument.ReferenceLine] = [
    .init(axis: "y", value: -30, label: "\u{2212}30 %"),
    .init(axis: "y", value: 20, label: "+20 %"),
  ]

  private func waterfall(
    _ groups: [Group], _ courses: [String: TumorCourse], _ shown: Int
  ) -> ResultDocument.Figure {
    let deep = patients.count { (courses[$0.subject.subject]?.best ?? 0) <= -30 }
    return ResultDocument.Figure(
      name: "waterfall", kind: .waterfall,
      title: "Best change of the sum of diameters by best overall response",
      axes: [
        .init(name: "x", label: "\(shown) of \(patients.count) patients"),
        .init(name: "y", label: "Best change from baseline", unit: "%"),
      ],
      series: groups.map { group in
        let ids = group.patients.map(\.subject.subject)
        return .init(
          name: group.name, label: group.name, x: ids.map(JSONValue.string),
          y: ids.map { courses[$0]?.best.map { JSONValue($0) } ?? .null })
      },
      references: Self.thresholds,
      alternativeText: "The sum of diameters shrank by 30 % or more at least once in \(deep) of"
        + " \(shown) patients with a sum to compare.",
      caption: "Deepest complete sum at any assessment after baseline\(cutWords). A single deep sum"
        + " is no confirmed response, and new lesions do not show here.")
  }

  private var cutWords: String {
    rules.best.stopsAtNewTherapy && !newTherapyDays.isEmpty
      ? " until another therapy began" : ""
  }

  private func spider(
    _ groups: [Group], _ courses: [String: TumorCourse], _ shown: Int
  ) -> ResultDocument.Figure {
    ResultDocument.Figure(
      name: "spider", kind: .spider, title: "Change of the sum of diameters over time",
      axes: [
        .init(name: "x", label: "Time from day 0", unit: "weeks", minimum: 0),
        .init(name: "y", label: "Change from baseline", unit: "%"),
      ],
      series: groups.flatMap { group in
        group.patients.compactMap { patient in
          courses[patient.subject.subject].map { Self.line($0, group.name) }
        }
      },
      references: Self.thresholds,
      alternativeText: "The course of the sum of diameters of \(shown) patients, one line each.",
      caption: "Complete sums only\(cutWords); colors by best overall response.")
  }

  private static func line(_ course: TumorCourse, _ group: String) -> ResultDocument.Series {
    ResultDocument.Series(
      name: course.subject, label: course.subject,
      x: [0] + course.points.map { JSONValue(Double($0.day) / 7) },
      y: [0] + course.points.map { JSONValue($0.percentChange) }, group: group)
  }
}
