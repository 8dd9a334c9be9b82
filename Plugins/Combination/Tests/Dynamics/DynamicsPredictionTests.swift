import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing
import TumorDynamics

@testable import Combination

/// Simulated with few patients: what is asserted holds of any number.
struct DynamicsPredictionTests {
  private static func predict(
    _ regimen: (id: String, folder: String), _ given: [String: String] = [:], agent: Bool = true,
    seed: String = "1", patients: Int = 40, _ change: (inout RunRequest) -> Void = { _ in }
  ) async throws -> ResultDocument {
    var given = given.merging(
      ["regimen": regimen.id, "model": "dynamics", "replicates": "200"]
    ) { own, _ in own }
    var folders = ["regimen": regimen.folder]
    if agent { (given["immune"], folders["immune"]) = ("imp321", "IMP321") }
    var request = try request("combination", given, naming: folders)
    request.seed = seed
    change(&request)
    let treatment = try Treatment(request, named: "regimen")
    var settings = try DynamicsSettings(request)
    settings.replicates = patients
    let prediction = try await DynamicsPrediction(
      treatment, settings, InstalledRegimens(request, own: (treatment.name, treatment.regimen)),
      .detached)
    var document = ResultDocument(analysis: "combination")
    try ResponsePredictionReport(treatment, PredictionSettings(request.values), .detached)
      .writeStanding(into: &document)
    try DynamicsReport(prediction).write(into: &document)
    return document
  }

  private static let paclitaxel = ("paclitaxel-breast", "PaclitaxelBreast")
  private static let gemcitabine = ("gemcitabine-pancreatic", "GemcitabinePancreatic")

  /// Simulated once for several tests.
  private static let atLowDose = Task { try await predict(gemcitabine, ["immune.dose": "2mg"]) }

  private func value(_ name: String, _ document: ResultDocument) throws -> Double {
    try #require(document.estimates.first { $0.name == name }?.value, "\(name)")
  }

  private func column(
    _ name: String, of table: String, _ document: ResultDocument
  ) throws -> [JSONValue] {
    let table = try #require(document.tables.first { $0.name == table }, "\(table)")
    let place = try #require(table.columns.firstIndex { $0.name == name })
    return table.rows.map { $0[place] }
  }

  @Test func `the effect fitted to the source depends on the control it is held against`()
    async throws
  {
    let document = try await Self.predict(Self.paclitaxel, patients: 160)
    let rates = try column("rate", of: "fitted", document).dropLast().compactMap(\.number)
    let alone = try column("alone", of: "fitted", document).dropLast().compactMap(\.number)
    #expect(rates.count == 7)
    // 22.2, 25.2 and 38.9 %: the higher the control, the likelier there is no effect.
    let chosen = [
      rates.firstIndex(of: 54 / 243), rates.firstIndex(of: 61 / 242),
      rates.firstIndex(of: 82 / 211),
    ]
    let values = try chosen.map { alone[try #require($0)] }
    #expect(zip(values, values.dropFirst()).allSatisfy(<), "\(values)")
    #expect(values[0] < 0.15 && values[2] > 0.25)
    let note = try #require(document.notes.first { $0.code == "dynamics.fitted" })
    #expect(
      note.text.hasPrefix(
        "Brignone 2010's 15/30 was fitted and is no prediction. Its control decides"))
    #expect(document.notes.contains { $0.code == "combination.uncontrolled" })
    // The randomized trial without an effect speaks against one.
    let all = try column("no-effect", of: "left-out", document).compactMap(\.number)
    #expect((all[0] - 0.5).magnitude < 1e-12)
    #expect(all[1] > 0.6)
  }

  @Test func `the dose moves the prediction, and both doses print what is known`() async throws {
    let low = try await Self.atLowDose.value
    let full = try await Self.predict(Self.gemcitabine, ["immune.dose": "30mg"])
    for document in [low, full] {
      #expect(
        document.notes.map(\.text).contains(
          "Extrapolated from one uncontrolled trial; benefit is assumed by construction. The only"
            + " trial (2 mg and below) saw no added activity; randomized paclitaxel HR .93"
            + " (.67-1.30)."))
      #expect(
        document.notes.map(\.text).contains(
          "Wang-Gillam 2013 saw no added activity; it is not weighed, because no count of responders"
            + " and no hazard ratio are known."))
    }
    #expect(try value("no-effect", low) == value("no-effect", full))
    #expect(try value("dynamics-gain", low) < value("dynamics-gain", full))
    #expect(try value("dynamics-hazard-ratio", low) > value("dynamics-hazard-ratio", full))
    #expect(
      low.notes.map(\.text).contains(
        "No trial tells how the effect depends on the dose; half of it is assumed to be reached at"
          + " 0.88 to 41 mg. 2 mg has 11 to 72 % of the full dose's effect."))
  }

  @Test(arguments: ["0", "1"])
  func `a prior that is certain stays certain`(noEffect: String) async throws {
    let document = try await Self.predict(Self.gemcitabine, ["no-effect": noEffect])
    #expect(try value("no-effect", document) == Double(noEffect))
    let gain = try value("dynamics-gain", document)
    #expect(noEffect == "1" ? gain == 0 : gain > 0)
    if noEffect == "1" {
      #expect(try (value("dynamics-hazard-ratio", document) - 1).magnitude < 1e-12)
    }
  }

  @Test func `one seed gives one answer`() async throws {
    let first = try await Self.atLowDose.value
    let low = ["immune.dose": "2mg"]
    #expect(try await Self.predict(Self.gemcitabine, low) == first)
    #expect(try await Self.predict(Self.gemcitabine, low, seed: "2") != first)
  }

  @Test func `what makes the rate uncertain adds up, and assumptions are swept`() async throws {
    let document = try await Self.atLowDose.value
    let shares = try column("share", of: "contributions", document).compactMap(\.number)
    #expect(shares.count == 5)
    #expect((shares.reduce(0, +) - 1).magnitude < 1e-12)
    #expect(shares.allSatisfy { $0 >= 0 })
    let assumptions = try column("assumption", of: "assumptions", document).compactMap(\.string)
    #expect(
      assumptions == [
        "as asked", "prior probability of no effect", "prior probability of no effect",
        "prior median of the effect, 1/d", "prior median of the effect, 1/d",
        "heterogeneity between diseases", "heterogeneity between diseases",
        "half of the effect at, mg", "half of the effect at, mg",
        "control of the backbone", "control of the backbone", "control of the backbone",
      ])
    let bases = try column("basis", of: "dynamics-constants", document).compactMap(\.string)
    #expect(bases.count == 19)
  }

  @Test func `a regimen alone needs no agent`() async throws {
    let document = try await Self.predict(Self.paclitaxel, agent: false)
    #expect(
      document.tables.map(\.name) == [
        "controls", "calibration", "progression-free", "dynamics-constants",
      ])
    #expect(!document.notes.contains { $0.code == "dynamics.construction" })
    #expect(document.notes.contains { $0.code == "dynamics.assumed" })
    #expect(document.primary?.text.hasPrefix("Weekly paclitaxel by tumor dynamics: ") == true)
  }

  @Test func `a regimen that is not installed leaves its trials out`() async throws {
    let document = try await Self.predict(Self.gemcitabine) { $0.installed = [:] }
    #expect(try (value("no-effect", document) - 0.5).magnitude < 1e-12)
    let uses = try column("use", of: "agent-trials", document).compactMap(\.string)
    #expect(
      uses == [
        "not weighed: paclitaxel-breast is not installed",
        "not weighed: paclitaxel-breast is not installed",
        "not weighed: no count of responders and no hazard ratio are known",
      ])
    #expect(
      document.primary?.text.hasSuffix("no trial could be weighed, so that this is its prior.")
        == true)
  }

  @Test func `both levels stand in one answer`() async throws {
    let document = try await Combination().run(
      request(
        "combination", ["regimen": "docetaxel-lung", "model": "all", "replicates": "200"],
        naming: ["regimen": "DocetaxelLung"]), context: RunContext.detached)
    #expect(document.estimates.map(\.name).prefix(2) == ["control-rate", "dynamics-control-rate"])
    #expect(document.figures.map(\.name) == ["dynamics"])
  }

  /// A definition may say what no likelihood can be made of.
  @Test func `an interval without width is refused`() async throws {
    var request = try request(
      "combination",
      [
        "regimen": "docetaxel-lung", "immune": "imp321", "model": "dynamics",
        "replicates": "200",
      ], naming: ["regimen": "DocetaxelLung", "immune": "IMP321"])
    var agent = request.definitions?["immune"]?.object ?? [:]
    var trials = agent["combination"]?.array ?? []
    for index in trials.indices where trials[index]["trial"]?.string == "AIPAC" {
      var trial = trials[index].object ?? [:]
      trial["hazard_ratio"] = [0.93, 0.93, 0.93]
      trials[index] = .object(trial)
    }
    agent["combination"] = .array(trials)
    request.definitions?["immune"] = JSONObjectBox(agent)
    await #expect(
      throws: Refusal(
        "dynamics.model",
        "aipac needs responders among patients, or a hazard ratio within its interval above 0")
    ) {
      try await Combination().run(request, context: RunContext.detached)
    }
  }

  @Test(arguments: [
    ("scan-interval", "6.5d"), ("replicates", "100"), ("no-effect", "1.5"), ("heterogeneity", "-1"),
  ])
  func `what cannot be simulated is refused`(name: String, value: String) async throws {
    await #expect(throws: (any Error).self) {
      try await Self.predict(Self.gemcitabine, [name: value])
    }
  }

  /// Every arm of every shipped regimen, at the size the tests have time for.
  @Test func `every shipped regimen meets its published arms`() async throws {
    for (id, box) in try shippedRegimens() {
      guard case .regimen(let regimen) = try TreatmentDefinition(box.object, named: id) else {
        Issue.record("\(id) is no regimen")
        continue
      }
      let calibrated = try await CalibratedRegimen(
        regimen, through: 168, patients: 300, seed: 1)
      #expect(calibrated.unmet.map(\.arm.name) == [], "\(id)")
      for control in calibrated.controls {
        #expect(control.backbone.responseResidual.magnitude <= 2 / 300.0, "\(control.arm.name)")
      }
    }
  }
}
