import PluginKit
import PluginProtocol

/// Time to event, from the events of a data set.
@main
struct Survival: AnalysisPlugin {
  static let identity = PluginIdentity(id: "survival", version: "1.0.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    switch request.analysis {
    case TimesExplanation.analysis: try TimesExplanation.document(request)
    case TimesListing.analysis: try TimesListing.document(request)
    default: try survival(request, context)
    }
  }

  private func survival(_ request: RunRequest, _ context: RunContext) throws -> ResultDocument {
    let options = try SurvivalOptions(request.values)
    guard let file = request.dataset else {
      throw Refusal("data.missing", "survival needs a data set: name one, or choose it with use")
    }
    let cohort = try CohortReader(file: file, options: options).read()
    try context.checkCancellation()
    var document = ResultDocument(
      analysis: request.analysis, title: cohort.endpoint.label)
    try SurvivalReport(options: options, cohort: cohort).write(into: &document, context)
    return document
  }
}
