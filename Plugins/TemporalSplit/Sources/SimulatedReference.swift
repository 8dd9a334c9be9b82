import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// What simulating chemotherapy alone gave, ready to be shown.
protocol SimulatedReference: Sendable {
  /// How often test (i) is positive, over everything these data do not identify.
  var evidence: Evidence? { get }

  func write(_ split: CohortSplit, into document: inout ResultDocument)
}

extension Evidence {
  /// The range over simulated sweeps; nil without any.
  init?(_ rows: [ReferenceAtRate], source: String, dependence: String = "a rate") {
    let sizes = rows.compactMap { row in
      row.sizes.first { $0.test == "wilcoxon" }?.rejected.value
    }
    guard let lowest = sizes.min(), let highest = sizes.max() else { return nil }
    self.init(lowest: lowest, highest: highest, source: source, dependence: dependence)
  }
}

extension ResultDocument.MethodChoice {
  /// A constant of the model with where it is from.
  init(_ constant: ModelConstant) {
    let unit = constant.unit.isEmpty ? "" : " \(constant.unit)"
    self.init(
      topic: constant.name,
      choice: "\(JSONValue(constant.value).text)\(unit), \(constant.basis.rawValue)",
      method: "chemotherapy-alone", source: constant.source)
  }
}
