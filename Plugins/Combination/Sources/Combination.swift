import JSON
import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// What a combination adds to what its parts do alone, and the engine that serves regimens and
/// immune agents declared as data.
@main
struct Combination: AnalysisPlugin {
  static let identity = PluginIdentity(id: "combination", version: "1.1.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    do {
      return try await answer(request, context)
    } catch let error as TumorDynamicsError {
      throw Refusal("dynamics.model", "\(error)")
    }
  }

  private func answer(
    _ request: RunRequest, _ context: RunContext
  ) async throws -> ResultDocument {
    switch request.analysis {
    case "combined-response": return try combinedResponse(request, context)
    case "regimen":
      let treatment = try Treatment(request, named: "name")
      return RegimenReport(treatment).document
    case CombinedPFS.analysis: return try CombinedPFS.document(request, context)
    case Backtest.analysis: return try await Backtest.document(request, context)
    case VirtualTrialsAnalysis.name:
      return try await VirtualTrialsAnalysis.document(request, context)
    default:
      guard request.analysis == Self.identity.id || request.definition != nil else {
        throw Refusal(
          "analysis.unknown", "\(request.analysis) is none of the analyses of \(Self.identity.id)")
      }
      return try await prediction(request, context)
    }
  }

  func runShard(
    _ request: RunRequest, shard: RunRequest.Shard, context: RunContext
  ) async throws -> JSONValue {
    guard request.analysis == VirtualTrialsAnalysis.name else {
      throw Refusal("analysis.shards", "\(request.analysis) cannot be run in shards")
    }
    return try JSONValue(
      encoding: try await VirtualTrialsAnalysis.partial(request, shard: shard, context))
  }

  func merge(_ partials: [JSONValue]) async throws -> ResultDocument {
    try VirtualTrialsAnalysis.document(
      merging: partials.map { try TrialPartial(json: $0) })
  }

  func check(_ definition: JSONObject) async throws -> [Diagnostic] {
    TreatmentDefinition.read(definition).diagnostics
  }

  private func combinedResponse(
    _ request: RunRequest, _ context: RunContext
  ) throws -> ResultDocument {
    let trials = try CombinedTrials(request.values)
    var document = ResultDocument(
      analysis: request.analysis, title: "Combined response rate against its parts")
    let report = try CombinedResponseReport(trials, context)
    report.write(into: &document)
    return document
  }

  /// A regimen's own command, or an immune agent's.
  private func prediction(
    _ request: RunRequest, _ context: RunContext
  ) async throws -> ResultDocument {
    let treatment = try Treatment(request, named: "regimen")
    let settings = try PredictionSettings(request.values)
    let dynamics = try DynamicsSettings(request)
    var document = ResultDocument(analysis: request.analysis, title: treatment.title)
    let rates = try ResponsePredictionReport(treatment, settings, context)
    if settings.model == .dynamics {
      rates.writeStanding(into: &document)
    } else {
      rates.write(into: &document)
    }
    if settings.model != .response {
      let installed = InstalledRegimens(request, own: (treatment.name, treatment.regimen))
      let prediction = try await DynamicsPrediction(treatment, dynamics, installed, context)
      try DynamicsReport(prediction).write(into: &document)
    }
    return document
  }
}
