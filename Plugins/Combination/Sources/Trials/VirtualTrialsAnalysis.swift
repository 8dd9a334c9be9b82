import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// Simulated trials of a regimen, alone or beside an agent, each analyzed to its *p*-values.
///
/// Its replicates may be split over processes: a patient depends on seed, replicate and number alone,
/// and counts merge exactly, so that any split gives the same bits.
enum VirtualTrialsAnalysis {
  static let name = "virtual-trials"

  /// All of it in this process.
  static func document(
    _ request: RunRequest, _ context: RunContext
  ) async throws -> ResultDocument {
    let replicates = try request.values.int("replicates")
    let partial = try await partial(
      request, shard: .init(first: 0, count: replicates), context)
    return try document(merging: [partial])
  }

  /// One shard of it.
  ///
  /// - Throws: `Refusal`, and `CancellationError` soon after the run was given up.
  static func partial(
    _ request: RunRequest, shard: RunRequest.Shard, _ context: RunContext
  ) async throws -> TrialPartial {
    let plan = try TrialPlan(request)
    do {
      context.progress(0, "calibrating to \(plan.arm.name)")
      let backbone = try await calibrated(plan)
      let tally = try await plan.trials(backbone).tally(
        replicates: shard.first..<shard.first + shard.count, seed: plan.settings.seed
      ) { done in
        context.progress(Double(done) / Double(max(shard.count, 1)), "simulating trials")
      }
      return TrialPartial(request, SimulatedBackbone(backbone), tally)
    } catch let error as TumorDynamicsError {
      throw Refusal("trials.model", "\(error)", parameter: parameter(error))
    }
  }

  /// Joins shards into the whole answer.
  static func document(merging parts: [TrialPartial]) throws -> ResultDocument {
    let whole = try TrialPartial(merging: parts)
    return VirtualTrialsReport(
      plan: try TrialPlan(whole.request), backbone: whole.backbone, tally: whole.tally
    ).document(analysis: whole.request.analysis)
  }

  /// Calibrates beside this task, so that giving the run up is heard while it goes on: a calibration
  /// takes longer than anybody waits for an answer to Ctrl-C, and nothing can interrupt it.
  private static func calibrated(_ plan: TrialPlan) async throws -> BackboneCalibration {
    typealias Outcome = Result<BackboneCalibration, TumorDynamicsError>
    let (outcomes, continuation) = AsyncStream<Outcome>.makeStream()
    Task.detached {
      continuation.yield(
        Outcome { () throws(TumorDynamicsError) in try plan.calibrated() })
      continuation.finish()
    }
    // Ends without an outcome when the task is canceled.
    for await outcome in outcomes { return try outcome.get() }
    throw CancellationError()
  }

  /// Which parameter a trial that cannot be simulated is due to.
  private static func parameter(_ error: TumorDynamicsError) -> String? {
    switch error {
    case .windowsOverlap: "scan-window"
    case .tooFewPatients: "patients"
    case .responseRateOutOfReach, .progressionFreeShareOutOfReach: "control"
    default: nil
    }
  }
}
