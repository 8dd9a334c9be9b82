import PluginKit
import PluginProtocol
import TimeToEvent

/// The weights of the tests `test=` names.
struct WeightChoice {
  let weights: [LogRankWeight]
  /// Whether the largest of several is tested as well.
  let combines: Bool

  private static let unweighted: [LogRankWeight] = [
    .logRank, .gehan, .taroneWare, .petoPeto, .modifiedPetoPeto,
  ]

  init(_ values: Parameters) throws(Refusal) {
    let name = try values.optionalText("test") ?? "log-rank"
    let weighted = LogRankWeight.flemingHarrington(
      rho: try values.double("rho"), gamma: try values.double("gamma"))
    combines = name == "maxcombo" || name == "all"
    switch name {
    case "maxcombo": weights = []
    case "all": weights = Self.unweighted + [weighted]
    case "fleming-harrington": weights = [weighted]
    default:
      let found = Self.unweighted.filter { $0.name == name }
      guard !found.isEmpty else {
        throw .parameter("test", name, expected: "the name of a test, such as log-rank, or all")
      }
      weights = found
    }
  }
}
