import PluginData
import PluginKit
import PluginProtocol
import RECIST
import TrialData

/// Reads the patients of a data set as series of sums of diameters.
struct CohortReader {
  let file: RunRequest.DatasetFile
  let options: SplitOptions

  /// - Throws: `Refusal` where the data set has no series to split.
  func read() throws -> Cohort {
    let dataset = try TrialDataset(path: file.path)
    let selection = try options.selection.select(from: dataset.subjects(), named: file.name)
    let (rows, source) = try assessments(of: dataset)
    let evaluators = Self.evaluators(of: rows)
    let evaluator = try Evaluator(
      among: evaluators, wanted: options.evaluator, named: file.name)
    let ends = try FollowUpEnds(dataset.events())
    let bySubject = Self.runs(
      of: evaluators.count == 1 ? rows : rows.filter { $0.evaluator == evaluator.name })
    let series = selection.subjects.map { subject in
      Self.series(subject, bySubject[subject.subject] ?? [], ends)
    }
    return Cohort(
      name: file.name, series: series, source: source, notes: selection.notes + evaluator.notes)
  }

  /// Neighbors mostly have the same one.
  private static func evaluators(of rows: [Assessment]) -> Set<String?> {
    var found: Set<String?> = []
    var last: String?? = .none
    for row in rows where last != .some(row.evaluator) {
      found.insert(row.evaluator)
      last = .some(row.evaluator)
    }
    return found
  }

  /// Rows of one subject stand together, in the order of days.
  private static func runs(of rows: [Assessment]) -> [String: ArraySlice<Assessment>] {
    var runs: [String: ArraySlice<Assessment>] = [:]
    var start = rows.startIndex
    while start < rows.endIndex {
      let subject = rows[start].subject
      let end = rows[start...].firstIndex { $0.subject != subject } ?? rows.endIndex
      runs[subject] = rows[start..<end]
      start = end
    }
    return runs
  }

  private static func series(
    _ subject: Subject, _ rows: ArraySlice<Assessment>, _ ends: FollowUpEnds
  ) -> TumorSeries {
    let baseline = rows.last { $0.day <= 0 && $0.sumOfDiameters != nil }?.sumOfDiameters
    let scans = rows.lazy.filter { $0.day > 0 }.map { row in
      TumorScan(
        day: row.day, sum: row.sumOfDiameters,
        response: row.overall?.category ?? (row.newLesion == true ? .progressiveDisease : nil))
    }
    let judged = TumorSeries.judged(scans, baseline: baseline)
    let seen = judged.first { $0.response == .progressiveDisease }?.day
    let death = ends.death[subject.subject]
    // A "pfs" event on the day of death is the death.
    let event = ends.progressionOrDeath[subject.subject].flatMap { day in
      death.map { day >= $0 } ?? false ? nil : day
    }
    return TumorSeries(
      subject: subject, baseline: baseline, scans: judged,
      progressionDay: [seen, event].compactMap { $0 }.min(), deathDay: death)
  }

  // MARK: Sources

  private func assessments(
    of dataset: TrialDataset
  ) throws -> (rows: [Assessment], source: SplitOptions.Source) {
    if options.source != .lesions {
      let reported = try dataset.assessments()
      if reported.contains(where: { $0.day > 0 && $0.sumOfDiameters != nil }) {
        return (reported, .reported)
      }
      guard options.source == .auto else {
        throw nothing("sums of diameters after day 0 among its assessments", "from")
      }
    }
    let derived = try derivedAssessments(of: dataset)
    guard derived.contains(where: { $0.day > 0 && $0.sumOfDiameters != nil }) else {
      throw nothing(
        options.source == .auto
          ? "sums of target diameters after day 0, neither reported nor from lesions"
          : "measurements of target lesions after day 0",
        options.source == .auto ? nil : "from")
    }
    return (derived, .lesions)
  }

  /// Sums added up from the lesions, in the order of subjects and days; baselines on day 0.
  private func derivedAssessments(of dataset: TrialDataset) throws -> [Assessment] {
    try dataset.lesionHistories().flatMap { history -> [Assessment] in
      let baseline = history.timePoints.first?.target?.baseline
      let start = Assessment(
        subject: history.subject, day: 0, sumOfDiameters: baseline, evaluator: history.evaluator)
      return [start]
        + history.timePoints.map { point in
          Assessment(
            subject: history.subject, day: point.day, visit: point.visit,
            sumOfDiameters: point.target?.sumOfDiameters, newLesion: point.newLesion,
            overall: .recist(point.overall), evaluator: history.evaluator)
        }
    }
  }

  private func nothing(_ what: String, _ parameter: String?) -> Refusal {
    Refusal("data.no-sums", "the data set \(file.name) has no \(what)", parameter: parameter)
  }
}
