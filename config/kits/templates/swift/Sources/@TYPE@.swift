import PluginKit
import PluginProtocol

/// A response rate with its Clopper-Pearson interval, and the exact test that it is above a target.
@main
struct @TYPE@: AnalysisPlugin {
  // plugin.toml must say the same.
  static let identity = PluginIdentity(id: "@NAME@", version: "0.1.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    guard request.analysis == "@NAME@" else {
      throw Refusal("analysis.unknown", "\(request.analysis) is not one of my analyses")
    }
    // The host has checked types and bounds by plugin.toml; what is read here has its kind.
    let count = try request.values.ratio("responders")
    let target = try request.values.double("target")
    let level = try request.values.double("level")
    // What only this analysis knows to be wrong it refuses, naming the parameter.
    guard 0 < target, target < 1 else {
      throw Refusal.parameter("target", "\(target)", expected: "a rate between 0 and 1")
    }
    guard 0.5 <= level, level < 1 else {
      throw Refusal.parameter("level", "\(level)", expected: "a level from 0.5 to 0.999")
    }
    let tails = BinomialTails(events: count.events, total: count.total)
    let interval = tails.interval(level: level)
    context.progress(0.5, "interval found")
    try context.checkCancellation()  // in every long loop, too

    var document = ResultDocument(
      analysis: request.analysis, title: "Response rate against a target")
    document.estimates = [
      ResultDocument.Estimate(
        name: "rate", label: "Response rate", value: Double(count.events) / Double(count.total),
        interval: ResultDocument.Interval(
          method: "clopper-pearson", level: level, lower: interval.lower, upper: interval.upper),
        count: ResultDocument.Count(events: count.events, total: count.total))
    ]
    document.tests = [
      ResultDocument.TestResult(
        name: "rate", method: "exact", alternative: "greater", pValue: tails.atLeast(at: target),
        versus: "a response rate of \(target)")
    ]
    document.citations = ["Clopper C, Pearson ES. Biometrika 1934;26:404-413."]
    return document
  }
}
