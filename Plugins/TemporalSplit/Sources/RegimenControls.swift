import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// What a regimen declares of chemotherapy alone: its controls, one analysis a trial, and the
/// constants of its patients.
///
/// The regimen's engine has checked the definition; here only what a reference needs is read.
struct RegimenControls: Sendable {
  /// The regimen's plugin.
  let name: String
  let title: String
  let disease: String
  /// The primary analysis of each trial, in the order they are declared.
  let controls: [ReferenceControl]
  /// Analyses that are not the primary ones of their trials.
  let alternatives: Int
  /// The patients, with the constants the regimen declares in place of the standard ones.
  let model: ChemotherapyModel
  /// The decay rates of the sweep and, where it is another, the regimen's own.
  let decayRates: [Double]

  /// The patients, as many of them without a scan as in a control.
  func model(of control: ReferenceControl) -> ChemotherapyModel {
    var model = model
    model.notEvaluableShare = ModelConstant(
      model.notEvaluableShare.name, Double(control.notEvaluable) / Double(control.patients),
      unit: "", .published, control.citation)
    return model
  }

  /// Nil where no regimen is the reference.
  init?(_ options: SplitOptions, _ request: RunRequest) throws(Refusal) {
    guard case .regimen(let name) = options.reference else { return nil }
    guard let definition = request.definitions?["reference"] else {
      throw .parameter("reference", "plugin:\(name)", expected: "plugin: and an installed regimen")
    }
    try self.init(definition.object, named: name)
  }

  /// - Throws: `Refusal` that names what is missing.
  init(_ definition: JSONObject, named name: String) throws(Refusal) {
    guard definition["kind"]?.string == "regimen" else {
      throw .parameter("reference", "plugin:\(name)", expected: "plugin: and an installed regimen")
    }
    self.name = name
    title = definition["title"]?.string ?? name
    disease = definition["disease"]?.string ?? "a disease that is not stated"
    let objects = (definition["control"]?.array ?? []).compactMap(\.object)
    let primaries = objects.filter { Self.isPrimary($0, of: objects) }
    guard !primaries.isEmpty else {
      throw Refusal(
        "reference.controls",
        "reference=plugin:\(name): the regimen declares no [[definition.control]], so that there is"
          + " nothing chemotherapy alone could be calibrated to", parameter: "reference")
    }
    controls = try primaries.map { control throws(Refusal) in
      try ReferenceControl(control, of: name)
    }
    alternatives = objects.count - primaries.count
    let constants = DeclaredModel(definition)
    model = constants.model
    decayRates = constants.decayRates
  }

  /// One that says so, or the only analysis of its trial.
  private static func isPrimary(_ control: JSONObject, of all: [JSONObject]) -> Bool {
    control["primary"]?.bool == true
      || all.count { $0["trial"]?.string == control["trial"]?.string } == 1
  }
}
