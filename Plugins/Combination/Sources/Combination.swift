import PluginKit
import PluginProtocol
import Statistics

/// What a combination adds to what its parts do alone.
@main
struct Combination: AnalysisPlugin {
  static let identity = PluginIdentity(id: "combination", version: "1.0.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    switch request.analysis {
    case CombinedPFS.analysis: return try CombinedPFS.document(request, context)
    case Backtest.analysis: return try Backtest.document(request, context)
    default: break
    }
    let trials = try CombinedTrials(request.values)
    var document = ResultDocument(
      analysis: request.analysis, title: "Combined response rate against its parts")
    let report = try CombinedResponseReport(trials, context)
    report.write(into: &document)
    return document
  }
}
