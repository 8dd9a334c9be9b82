import PluginData
import PluginProtocol
import TimeToEvent

/// How long patients were followed: the curve of censoring, with the event as what ends it.
struct FollowUp {
  let options: SurvivalOptions
  let curves: [SurvivalCurve]

  func write(into document: inout ResultDocument) throws {
    document.estimates += try curves.map { curve in
      let median = try KaplanMeier(curve.sample.followUp).quantile(
        0.5, scale: options.primaryScale, level: options.level,
        rule: options.conventions.rule(forQuantile: 0.5))
      let limits = median.lower.flatMap { lower in
        median.upper.map { upper in
          ResultDocument.Interval(
            method: "reverse-\(options.primaryScale.rawValue)", level: options.level,
            lower: options.unit.value(lower), upper: options.unit.value(upper))
        }
      }
      return .init(
        name: "median-follow-up", label: "Median follow-up, reverse Kaplan-Meier",
        value: median.time.map(options.unit.value), unit: options.unit.rawValue,
        status: median.time == nil ? "not reached" : limits == nil ? "limits not reached" : nil,
        interval: limits, group: curve.label)
    }
  }
}
