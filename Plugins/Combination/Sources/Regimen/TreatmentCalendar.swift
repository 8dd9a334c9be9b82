/// Every giving of every drug, by day of treatment.
///
/// Days are protocol days: the first day of the first cycle is day 1. An immune agent keeps its own
/// cycles, which begin on the same day 1.
struct TreatmentCalendar: Sendable, Hashable {
  /// One cycle of a schedule.
  struct Cycle: Sendable, Hashable {
    let number: Int
    let days: ClosedRange<Int>
  }

  /// One drug's days on the calendar.
  struct Row: Sendable, Hashable {
    let drug: Drug
    let isImmune: Bool
    let days: [Int]
    /// Whether only progression ends it, so that the calendar shows a part.
    let isOpenEnded: Bool

    /// All that is given over the calendar, in the drug's unit.
    var totalDose: Double { drug.dose * Double(days.count * drug.timesPerDay) }
  }

  /// What is shown of a treatment that only progression ends: 24 weeks.
  static let openEndedDays = 168

  let regimen: Regimen
  let agent: ImmuneAgent?
  /// The last day shown.
  let days: Int
  /// The backbone's cycles.
  let cycles: [Cycle]
  let rows: [Row]

  /// Through a day, or else to the end of what is planned.
  init(_ regimen: Regimen, with agent: ImmuneAgent? = nil, through last: Int? = nil) {
    let last =
      last
      ?? max(
        regimen.days ?? Self.openEndedDays,
        agent.map { $0.course.days ?? Self.openEndedDays } ?? 0)
    self.regimen = regimen
    self.agent = agent
    days = last
    let cycles = regimen.cycles(through: last)
    self.cycles = cycles
    rows =
      regimen.drugs.map { regimen.row($0, in: cycles, through: last) }
      + (agent.map { [$0.row(through: last)] } ?? [])
  }

  var weeks: Double { Double(days) / 7 }
}

extension TreatmentCalendar.Row {
  var givings: String { drug.route.givings(days.count) }
}

extension Regimen {
  /// Days of the planned course; nil where only progression ends it.
  var days: Int? {
    guard case .cycles(let count) = course.length else { return nil }
    let first = min(leadIn?.cycles ?? 0, count)
    return first * (leadIn?.cycleDays ?? 0) + (count - first) * course.cycleDays
  }

  /// The cycles that begin by a day; the first ones may be of another length.
  fileprivate func cycles(through last: Int) -> [TreatmentCalendar.Cycle] {
    let most = if case .cycles(let count) = course.length { count } else { Int.max }
    var cycles: [TreatmentCalendar.Cycle] = []
    var start = 1
    while start <= last, cycles.count < most {
      let isFirst = cycles.count < leadIn?.cycles ?? 0
      let length = isFirst ? leadIn?.cycleDays ?? course.cycleDays : course.cycleDays
      cycles.append(.init(number: cycles.count + 1, days: start...(start + length - 1)))
      start += length
    }
    return cycles
  }

  fileprivate func row(
    _ drug: Drug, in cycles: [TreatmentCalendar.Cycle], through last: Int
  ) -> TreatmentCalendar.Row {
    let given = cycles.prefix(drug.cycles ?? cycles.count)
    let days = given.flatMap { cycle in
      let isFirst = cycle.number <= leadIn?.cycles ?? 0
      let days = isFirst ? leadIn?.days[drug.name] ?? [] : drug.days
      return days.map { cycle.days.lowerBound + $0 - 1 }
    }
    return TreatmentCalendar.Row(
      drug: drug, isImmune: false, days: days.filter { $0 <= last },
      isOpenEnded: course.length == .untilProgression && drug.cycles == nil)
  }
}

extension ImmuneAgent {
  fileprivate func row(through last: Int) -> TreatmentCalendar.Row {
    let most = if case .cycles(let count) = course.length { count } else { Int.max }
    var days: [Int] = []
    var cycle = 0
    while cycle < most, cycle * course.cycleDays < last {
      days += drug.days.map { cycle * course.cycleDays + $0 }
      cycle += 1
    }
    return TreatmentCalendar.Row(
      drug: drug, isImmune: true, days: days.filter { $0 <= last },
      isOpenEnded: course.length == .untilProgression)
  }
}
