import PluginKit
import PluginProtocol

/// Early against late change of tumor size.
@main
struct TemporalSplit: AnalysisPlugin {
  static let identity = PluginIdentity(id: "temporal-split", version: "1.0.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    let options = try SplitOptions(request.values)
    guard let file = request.dataset else {
      throw Refusal(
        "data.missing", "temporal-split needs a data set: name one, or choose it with use")
    }
    let regimen = try RegimenControls(options, request)
    var cohort = try CohortReader(file: file, options: options).read()
    try context.checkCancellation()
    let control = try ReferencePatients(options, request, takenFrom: &cohort)
    let split = CohortSplit(cohort.series, plan: options.plan)
    try SplitRefusal(cohort: cohort, split: split).check()
    var document = ResultDocument(
      analysis: request.analysis, title: "Early and late change of tumor size")
    let report = SplitReport(
      options: options, cohort: cohort, split: split, control: control, regimen: regimen,
      seed: request.seed.flatMap(UInt64.init) ?? 0)
    try await report.write(into: &document, context)
    return document
  }
}
