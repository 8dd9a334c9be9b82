import RECIST
import TrialData

/// Everything a description counts, read from a data set's file once.
struct DatasetContents {
  let subjects: [Subject]
  let lesions: [Lesion]
  let measurements: [Measurement]
  let assessments: [Assessment]
  let exposures: [Exposure]
  let markers: [Marker]
  let events: [Event]

  init(_ dataset: TrialDataset) throws(TrialDataError) {
    subjects = try dataset.subjects()
    lesions = try dataset.lesions()
    measurements = try dataset.measurements()
    assessments = try dataset.assessments()
    exposures = try dataset.exposures()
    markers = try dataset.markers()
    events = try dataset.events()
  }

  /// Whose readings speak for a patient: the investigator's, else those of the first name.
  var evaluator: String? {
    let names = Set(measurements.map(\.evaluator) + assessments.map(\.evaluator))
    if names.contains("INVESTIGATOR") { return "INVESTIGATOR" }
    return names.compactMap(\.self).min()
  }

  /// How many target lesions a patient has; those without any are absent.
  var targetLesions: [String: Int] {
    lesions.reduce(into: [:]) { counts, lesion in
      if lesion.role == .target { counts[lesion.subject, default: 0] += 1 }
    }
  }

  /// The sum of the target lesions' diameters at baseline, in millimeters.
  ///
  /// Baseline is each lesion's last reading up to day 0, of one evaluator. A patient with a target
  /// lesion not measured by then has no sum. Where lesions are not recorded one by one, it is the
  /// last sum reported up to day 0.
  var baselineSums: [String: Double] {
    let reader = evaluator
    var last: [String: [String: Measurement]] = [:]
    for reading in measurements
    where reading.day <= 0 && reading.evaluator == reader && reading.diameter != nil {
      let known = last[reading.subject]?[reading.lesion]
      if known.map({ $0.day < reading.day }) ?? true {
        last[reading.subject, default: [:]][reading.lesion] = reading
      }
    }
    var sums: [String: Double] = [:]
    for (subject, targets) in Dictionary(
      grouping: lesions.filter { $0.role == .target }, by: \.subject)
    {
      let lengths = targets.compactMap { last[subject]?[$0.lesion]?.diameter?.tenThousandths }
      guard lengths.count == targets.count else { continue }
      sums[subject] = Double(lengths.reduce(0, +)) / 10_000
    }
    guard lesions.isEmpty else { return sums }
    for assessment in assessments.sorted(by: { $0.day < $1.day })
    where assessment.day <= 0 && assessment.evaluator == reader {
      if let sum = assessment.sumOfDiameters { sums[assessment.subject] = sum.value }
    }
    return sums
  }

  /// On how many days after day 0 each patient was scanned.
  var scans: [String: Int] {
    let days = Set(
      (assessments.map { ScanDay(subject: $0.subject, day: $0.day) }
        + measurements.map { ScanDay(subject: $0.subject, day: $0.day) }).filter { $0.day > 0 })
    return Dictionary(grouping: days, by: \.subject).mapValues(\.count)
  }

  private struct ScanDay: Hashable {
    var subject: String
    var day: Int
  }

  /// The last day of which anything is known of each patient.
  var lastDays: [String: Int] {
    var days: [String: Int] = [:]
    func note(_ subject: String, _ day: Int?) {
      guard let day else { return }
      days[subject] = max(day, days[subject] ?? day)
    }
    for assessment in assessments { note(assessment.subject, assessment.day) }
    for reading in measurements { note(reading.subject, reading.day) }
    for exposure in exposures { note(exposure.subject, exposure.day) }
    for marker in markers { note(marker.subject, marker.day) }
    for event in events { note(event.subject, event.day) }
    return days
  }

  /// Patients with a response, reported or as an event, that is more than "not evaluable".
  var withResponse: Set<String> {
    Set(
      assessments.filter { $0.overall.map { $0.category?.isEvaluable ?? true } ?? false }
        .map(\.subject)
        + events.filter { $0.endpoint == "response" }.map(\.subject))
  }
}
