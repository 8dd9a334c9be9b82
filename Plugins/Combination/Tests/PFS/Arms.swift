import PluginKit
import PluginProtocol
import PluginTesting
import TimeToEvent

@testable import Combination

/// Data sets of arms whose times are quantiles of exponentials, so that what comes out is known.
struct Arms {
  var cohort = "one"
  var arms: [(name: String, median: Double, patients: Int)]
  /// Everybody still free of the event is censored on this day.
  var end = 400.0

  /// Days of quantiles (i − ½) / n, rounded to whole days.
  func rows(from number: Int) -> (subjects: String, events: String) {
    var (subjects, events, next) = ("", "", number)
    for arm in arms {
      for index in 0..<arm.patients {
        let free = 1 - (Double(index) + 0.5) / Double(arm.patients)
        let day = arm.median * halvings(free)
        let shown = Int(min(day, end).rounded())
        subjects += "S\(next),\(arm.name),\(cohort)\n"
        events += "S\(next),pfs,\(shown),\(day <= end ? 1 : 0)\n"
        next += 1
      }
    }
    return (subjects, events)
  }

  /// How many halvings bring 1 down to a share, by series of the logarithm.
  private func halvings(_ share: Double) -> Double { logarithm(share) / logarithm(0.5) }

  private func logarithm(_ x: Double) -> Double {
    let y = (x - 1) / (x + 1)
    var (power, sum) = (y, 0.0)
    for k in 0..<2000 {
      sum += power / Double(2 * k + 1)
      power *= y * y
    }
    return 2 * sum
  }

  static func dataset(_ cohorts: [Arms]) throws -> ImportedDataset {
    var (subjects, events) = ("subject,arm,cohort\n", "subject,endpoint,day,occurred\n")
    for (index, cohort) in cohorts.enumerated() {
      let rows = cohort.rows(from: 1000 * (index + 1))
      subjects += rows.subjects
      events += rows.events
    }
    return try ImportedDataset(tables: ["subject.csv": subjects, "event.csv": events])
  }
}

extension ImportedDataset {
  func run(_ analysis: String, _ given: [String: String]) async throws -> ResultDocument {
    let request = try plugin.request(analysis, given, dataset: file, seed: "7")
    return try await Combination().run(request, context: RunContext.detached)
  }
}
