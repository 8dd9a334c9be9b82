import JSON
import PluginKit
import PluginProtocol
import TimeToEvent

/// A Cox model of the groups: how many times each one's hazard is that of the reference.
struct HazardRatios {
  let options: SurvivalOptions
  let cohort: Cohort
  let groups: Grouping

  func write(into document: inout ResultDocument) throws {
    let model: CoxModel
    do {
      model = try CoxModel(
        cohort.sample, [Covariate("group", groups, reference: cohort.reference)],
        strata: cohort.strata, ties: options.ties)
    } catch {
      document.estimates += others.map { refused($0, error) }
      return
    }
    for coefficient in model.coefficients {
      document.estimates.append(try estimate(coefficient))
      document.tests.append(wald(coefficient))
    }
    document.tests += [
      test("cox-likelihood-ratio", model.likelihoodRatioTest),
      test("cox-score", model.scoreTest),
    ]
    writeProportionality(model, into: &document)
  }

  private var reference: String { groups.labels[cohort.reference] }

  private var others: [String] {
    groups.labels.indices.filter { $0 != cohort.reference }.map { groups.labels[$0] }
  }

  private var label: String { "Hazard ratio over \(reference)" }

  private func estimate(_ coefficient: CoxCoefficient) throws -> ResultDocument.Estimate {
    let limits = try coefficient.hazardRatioLimits(level: options.level)
    return .init(
      name: "hazard-ratio", label: label, value: coefficient.hazardRatio,
      interval: .init(
        method: "wald", level: options.level, lower: limits.lower, upper: limits.upper),
      group: coefficient.name)
  }

  private func wald(_ coefficient: CoxCoefficient) -> ResultDocument.TestResult {
    .init(
      name: "hazard-ratio", method: "cox-wald", alternative: "two-sided",
      statistic: coefficient.statistic, pValue: coefficient.pValue(),
      versus: "the hazard of \(reference)", group: coefficient.name)
  }

  private func test(_ method: String, _ test: ChiSquareTest) -> ResultDocument.TestResult {
    .init(
      name: "hazard-ratio", method: method, alternative: "two-sided", statistic: test.statistic,
      degreesOfFreedom: Double(test.degreesOfFreedom), pValue: test.pValue,
      versus: groups.count > 2 ? "all hazards equal" : "the hazard of \(reference)")
  }

  private func refused(
    _ group: String, _ error: TimeToEventError
  ) -> ResultDocument.Estimate {
    .init(
      name: "hazard-ratio", label: label, value: nil, status: "\(error)", group: group)
  }

  // MARK: Proportional hazards

  private func writeProportionality(_ model: CoxModel, into document: inout ResultDocument) {
    do throws(TimeToEventError) {
      let test = try model.proportionalHazardsTest().global
      document.tests.append(
        .init(
          name: "proportional-hazards", method: "schoenfeld-km", alternative: "two-sided",
          statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom),
          pValue: test.pValue, versus: "hazard ratios that do not change with time"))
      guard test.pValue < 1 - options.level else { return }
      document.notes.append(
        Note(
          .warning, "hazards.not-proportional",
          "Hazards are not proportional (\(pSentence(test.pValue))): the hazard ratio is an average"
            + " that depends on how long patients were followed; restricted means compare the curves"
            + " without it."))
    } catch {
      document.tests.append(
        .init(
          name: "proportional-hazards", method: "schoenfeld-km", alternative: "two-sided",
          pValue: nil, status: "\(error)"))
    }
  }
}
