import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// What one shard of virtual trials found, with the question it answers.
///
/// A merge is told partial results only, so that each carries the request. All parts of a run agree in
/// it and in the calibration, which depends on the seed and not on the shard.
struct TrialPartial: Sendable, Codable {
  let request: RunRequest
  let backbone: SimulatedBackbone
  private(set) var tally: TrialTally

  init(_ request: RunRequest, _ backbone: SimulatedBackbone, _ tally: TrialTally) {
    var question = request
    question.shard = nil
    self.request = question
    self.backbone = backbone
    self.tally = tally
  }

  /// The whole of several parts: any order gives the same bits.
  ///
  /// - Throws: `Refusal` for none, and for parts of different questions.
  init(merging parts: [Self]) throws(Refusal) {
    guard var whole = parts.first else {
      throw Refusal("analysis.shards", "there are no partial results to merge")
    }
    for part in parts.dropFirst() {
      guard part.request == whole.request, part.backbone == whole.backbone else {
        throw Refusal("analysis.shards", "partial results of different runs cannot be merged")
      }
      whole.tally.merge(part.tally)
    }
    self = whole
  }
}
