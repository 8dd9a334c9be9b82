import RECIST
import TrialData

/// One patient's lesions over time, as one evaluator read them, judged by RECIST 1.1.
///
/// Every day with a reading is an assessment; the first is the baseline. A target lesion without
/// a reading on a later day was not measured. A new lesion counts from the first day it is
/// recorded, unless its state is equivocal or absent.
struct LesionCourse {
  let lesions: [Lesion]
  let readings: [Measurement]

  var visits: [ResponseVisit] {
    let byDay = Dictionary(grouping: readings, by: \.day)
    let days = byDay.keys.sorted()
    guard let baselineDay = days.first else { return [] }
    let role = Dictionary(lesions.map { ($0.lesion, $0) }, uniquingKeysWith: { first, _ in first })
    let targets = lesions.filter { $0.role == .target }.map {
      TargetLesion(name: $0.lesion, isNodal: $0.isNodal)
    }
    let nonTargets = lesions.filter { $0.role == .nonTarget }.map(\.lesion)
    var followUp =
      targets.isEmpty
      ? nil : TargetFollowUp(targets, baseline: targetReadings(byDay[baselineDay] ?? [], role))
    var hasNewLesion = false
    return days.dropFirst().map { day in
      let read = byDay[day] ?? []
      hasNewLesion = hasNewLesion || read.contains { Self.isNew($0, role) }
      let target = followUp?.assess(targetReadings(read, role)).response
      let nonTarget = ResponseCategory(nonTargets: nonTargets.map { Self.state(of: $0, in: read) })
      return ResponseVisit(
        day: day,
        response: ResponseCategory(target: target, nonTarget: nonTarget, newLesion: hasNewLesion))
    }
  }

  private func targetReadings(
    _ read: [Measurement], _ role: [String: Lesion]
  ) -> [String: LesionReading] {
    Dictionary(
      read.filter { role[$0.lesion]?.role == .target }.map { ($0.lesion, Self.reading($0)) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func reading(_ measurement: Measurement) -> LesionReading {
    switch (measurement.state, measurement.diameter) {
    case (.absent, _): .absent
    case (.tooSmallToMeasure, _): .tooSmallToMeasure
    case (.notEvaluable, _): .notEvaluable
    case (_, let diameter?): .measured(diameter)
    case (_, nil): .notEvaluable
    }
  }

  private static func state(of lesion: String, in read: [Measurement]) -> NonTargetState {
    guard let measurement = read.first(where: { $0.lesion == lesion }) else { return .notEvaluable }
    switch measurement.state {
    case .absent: return .absent
    case .unequivocalProgression: return .unequivocalProgression
    case .notEvaluable: return .notEvaluable
    case .present, .tooSmallToMeasure, .equivocal: return .present
    case nil: return measurement.diameter.map { $0 == .zero ? .absent : .present } ?? .notEvaluable
    }
  }

  private static func isNew(_ measurement: Measurement, _ role: [String: Lesion]) -> Bool {
    role[measurement.lesion]?.role == .new && measurement.state != .equivocal
      && measurement.state != .absent && measurement.state != .notEvaluable
  }
}
