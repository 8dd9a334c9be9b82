import JSON
import TumorDynamics

/// The constants of a definition that say what patients are like.
struct DeclaredModel {
  private(set) var model = ChemotherapyModel.standard
  private(set) var decayRates = ChemotherapyReference.decayRates

  /// Where a declared constant belongs, under the names the engine of regimens knows.
  private static func place(
    _ name: String
  ) -> WritableKeyPath<ChemotherapyModel, ModelConstant>? {
    switch name {
    case "growth_rate": \.growth
    case "growth_spread": \.growthSpread
    case "decay_spread": \.decaySpread
    case "kill_spread": \.killSpread
    case "baseline_sum": \.baseline
    case "baseline_spread": \.baselineSpread
    case "measurement_cv": \.measurementCV
    default: nil
    }
  }

  init(_ definition: JSONObject) {
    for constant in (definition["constant"]?.array ?? []).compactMap(\.object) {
      guard let name = constant["name"]?.string, let value = constant["value"]?.number else {
        continue
      }
      if name == "resistance_decay" {
        decayRates = Set(decayRates + [value]).sorted()
      } else if let place = Self.place(name) {
        let standard = model[keyPath: place]
        model[keyPath: place] = ModelConstant(
          standard.name, value, unit: standard.unit, Self.basis(constant), Self.source(constant))
      }
    }
  }

  private static func basis(_ constant: JSONObject) -> ModelConstant.Basis {
    constant["basis"]?.string.flatMap(ModelConstant.Basis.init) ?? .assumed
  }

  private static func source(_ constant: JSONObject) -> String {
    let isUnverified = constant["unverified"]?.bool == true
    return (constant["source"]?.string ?? "no source") + (isUnverified ? " (unverified)" : "")
  }
}
