import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// Responders against others from a day on, and why they must not be compared from day 0.
struct ResponderLandmark {
  let options: SurvivalOptions
  let cohort: Cohort
  /// Days of first response, by patient; nobody without one.
  let responses: [String: Int]
  let day: Double

  func write(into document: inout ResultDocument) throws {
    let days = cohort.subjects.map { responses[$0.subject].map(Double.init) }
    let landmark: Landmark
    do {
      landmark = try Landmark(cohort.sample, at: day)
    } catch {
      throw Refusal(
        "data.nobody-at-landmark",
        "landmark=: no patient was followed to day \(dayText(day)); the last was to day"
          + " \(dayText(cohort.sample.times.max() ?? 0))", parameter: "landmark")
    }
    let groups = try landmark.responders(days)
    document.tables.append(try table(landmark, groups))
    document.tests += tests(landmark, groups)
    document.estimates.append(try ratio(landmark, groups))
    document.notes.append(
      Note(
        .info, "landmark.left-out",
        "From \(options.unit.text(day)) on \(patients(landmark.kept.count)) are compared by response up to"
          + " then: \(landmark.eventsBefore) had the event before, \(landmark.censoredBefore) were"
          + " censored. A later response does not count."))
    writeWhole(days, into: &document)
  }

  /// Mantel and Byar's test of all patients, and the warning against the comparison it replaces.
  private func writeWhole(_ days: [Double?], into document: inout ResultDocument) {
    do throws(TimeToEventError) {
      let whole = try ResponderComparison(cohort.sample, responses: days)
      if let warning = whole.guaranteeTimeWarning {
        document.notes.append(Note(.warning, "landmark.guarantee-time", sentence(warning)))
      }
      let test = try whole.mantelByarTest().test
      document.tests.append(
        result(
          "mantel-byar", test.statistic, test.pValue, "the hazard before response, all patients"))
    } catch {
      document.tests.append(
        .init(
          name: "responders", method: "mantel-byar", alternative: "two-sided", pValue: nil,
          status: "\(error)"))
    }
  }

  private func sentence(_ warning: GuaranteeTimeWarning) -> String {
    "Responders and others are not compared from day 0: \(warning.responders) responders could not have"
      + " had the event before they responded (in median after"
      + " \(options.unit.text(warning.medianTimeToResponse))), so that"
      + " \(shortPercent(warning.guaranteedShare)) of their follow-up was free of it by definition."
  }

  // MARK: From the landmark on

  private func tests(_ landmark: Landmark, _ groups: Grouping) -> [ResultDocument.TestResult] {
    do throws(TimeToEventError) {
      let test = try LogRankTest(landmark.sample, groups: groups)
      return [
        result(
          "landmark-log-rank", test.statistic, test.pValue,
          "the hazard of non-responders from the landmark on")
      ]
    } catch {
      return [
        .init(
          name: "responders", method: "landmark-log-rank", alternative: "two-sided", pValue: nil,
          status: "\(error)")
      ]
    }
  }

  private func result(
    _ method: String, _ statistic: Double, _ pValue: Double, _ versus: String
  ) -> ResultDocument.TestResult {
    .init(
      name: "responders", method: method, alternative: "two-sided", statistic: statistic,
      degreesOfFreedom: 1, pValue: pValue, versus: versus)
  }

  private func ratio(
    _ landmark: Landmark, _ groups: Grouping
  ) throws -> ResultDocument.Estimate {
    let label = "Hazard ratio of responders from \(options.unit.text(day)) on"
    do {
      let model = try CoxModel(
        landmark.sample, [Covariate("group", groups)], ties: options.ties)
      let coefficient = model.coefficients[0]
      let limits = try coefficient.hazardRatioLimits(level: options.level)
      return .init(
        name: "responder-hazard-ratio", label: label, value: coefficient.hazardRatio,
        interval: .init(
          method: "wald", level: options.level, lower: limits.lower, upper: limits.upper))
    } catch {
      return .init(
        name: "responder-hazard-ratio", label: label, value: nil, status: "\(error)")
    }
  }

  private func table(
    _ landmark: Landmark, _ groups: Grouping
  ) throws -> ResultDocument.ResultTable {
    .init(
      name: "responders", title: "By response up to \(options.unit.text(day)), from then on",
      columns: [
        .init("group", "Group"), .init("patients", "n", .count), .init("events", "Events", .count),
        .init("median", "Median, \(options.unit.rawValue)", .number),
      ],
      rows: try zip(groups.labels, groups.places).map { label, places in
        guard !places.isEmpty else {
          return [.string(label), .integer(0), .integer(0), .null]
        }
        let sample = try landmark.sample.subset(places)
        let rule = options.conventions.rule(forQuantile: 0.5)
        let median = try KaplanMeier(sample).median(rule: rule).time
        return [
          .string(label), .integer(Int64(sample.subjects)), .integer(Int64(sample.events)),
          median.map { .number(options.unit.value($0)) } ?? .string("not reached"),
        ]
      })
  }
}
