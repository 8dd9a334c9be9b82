import TimeToEvent

/// One group's times and their Kaplan-Meier estimate.
struct SurvivalCurve: Sendable {
  /// Nil where all patients are one group.
  let label: String?
  let sample: EventTimes
  let estimate: KaplanMeier

  init(_ label: String?, _ sample: EventTimes) {
    self.label = label
    self.sample = sample
    estimate = KaplanMeier(sample)
  }

  /// In days.
  var lastDay: Double { estimate.times[estimate.times.count - 1] }

  /// For a sentence; `all patients` where there are no groups.
  var name: String { label ?? "all patients" }
}
