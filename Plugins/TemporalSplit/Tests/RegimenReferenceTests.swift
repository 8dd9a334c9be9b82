import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing
import TumorDynamics

@testable import TemporalSplit

/// A temporal split beside the controls of a regimen.
struct RegimenReferenceTests {
  private static func regimen(_ controls: [JSONValue], _ constants: [JSONValue] = []) -> JSONObject
  {
    [
      "kind": "regimen", "title": "Weekly paclitaxel", "disease": "breast cancer",
      "control": .array(controls), "constant": .array(constants),
    ]
  }

  private static let plain: JSONValue = [
    "name": "first", "trial": "One", "responders": 54, "patients": 243, "assessor": "independent",
    "median_pfs_months": 5.8, "citation": "One (2009).",
  ]
  private static let bare: JSONValue = [
    "name": "second", "trial": "Two", "responders": 39, "patients": 94, "scan_interval": "6w",
    "not_evaluable": 9, "citation": "Two (2011).", "unverified": ["responders"],
  ]

  private func run(
    _ dataset: ImportedDataset, _ definition: JSONObject, replicates: String = "200"
  ) async throws -> ResultDocument {
    var request = try plugin.request(
      "temporal-split", ["reference": "plugin:weekly", "replicates": replicates],
      dataset: dataset.file, seed: "7")
    request.definitions = ["reference": JSONObjectBox(definition)]
    return try await TemporalSplit().run(request, context: RunContext.detached)
  }

  @Test func `each control has its sweep, and the answer says what it hangs on`() async throws {
    let document = try await run(
      try ImportedDataset.simulated(), Self.regimen([Self.plain, Self.bare]))
    let table = try #require(document.tables.first { $0.name == "chemotherapy-alone" })
    #expect(
      table.rows.map { $0[0].string } == Array(repeating: "first", count: 4)
        + Array(repeating: "second", count: 4))
    #expect(
      table.rows.map { $0[1].number } == [0.008, 0.012, 0.016, 0.0193] + [
        0.008, 0.012, 0.016, 0.0193,
      ])
    let sizes = table.rows.compactMap { $0[10].number }
    let range = "\(roundPercent(sizes.min() ?? -1)) to \(roundPercent(sizes.max() ?? -1))"
    #expect(
      document.notes[0].text.contains(
        "positive in \(range) of trials, depending on the control and on a rate these data cannot"
          + " identify. Not evidence of an immune effect."))
    #expect(
      document.notes[0].text.contains(
        "Simulated as the controls of weekly (first 54/243, second 39/94) on this trial's scan days"
      ))
    let note = try #require(document.notes.first { $0.code == "reference.regimen" })
    #expect(note.text.contains("(first 54/243 p"))
    #expect(
      note.text.hasSuffix(
        "The reference cannot decide: the answer hangs on the control and on that rate, and these"
          + " data identify neither."))
    #expect(
      document.notes.first { $0.code == "reference.regimen.assumed" }?.text
        == "Assumed: patients as in breast cancer, responses unconfirmed, no death without"
        + " progression and no drop-out after the first scan; scans every 56 days are assumed of"
        + " first; second without a median PFS: the assumed new-lesion hazard is kept; second has"
        + " unverified numbers (responders).")
    #expect(document.citations.suffix(2) == ["One: One (2009).", "Two: Two (2011)."])
  }

  /// The control's own scans, median and share without a scan are what is met, and nothing of the
  /// trial's.
  @Test func `a control is met at its own scans`() throws {
    let controls = try RegimenControls(
      Self.regimen([Self.plain, Self.bare]), named: "weekly")
    #expect(
      controls.controls.map(\.scanDays) == [
        [56, 112, 168, 224, 280, 336, 392], [42, 84, 126, 168],
      ])
    #expect(
      controls.controls[0].progressionFree
        == CalibrationTarget.ProgressionFree(share: 0.5, day: 5.8 * 30.4375))
    #expect(controls.controls[1].progressionFree == nil)
    #expect(controls.model(of: controls.controls[1]).notEvaluableShare.value == 9.0 / 94)
  }

  @Test func `analyses of one trial are alternatives, and the primary one counts`() throws {
    var other = Self.plain.object ?? [:]
    (other["name"], other["responders"]) = ("again", 61)
    var primary = Self.plain.object ?? [:]
    primary["primary"] = true
    let controls = try RegimenControls(
      Self.regimen([.object(other), .object(primary), Self.bare]), named: "weekly")
    #expect(controls.controls.map(\.name) == ["first", "second"])
    #expect(controls.alternatives == 1)
  }

  @Test func `declared constants replace the standard ones`() throws {
    let controls = try RegimenControls(
      Self.regimen(
        [Self.plain],
        [
          ["name": "growth_rate", "value": 0.002, "basis": "published", "source": "Somebody"],
          ["name": "resistance_decay", "value": 0.03, "source": "Somebody"],
        ]), named: "weekly")
    #expect(controls.model.growth.value == 0.002)
    #expect(controls.model.growth.basis == .published)
    #expect(controls.decayRates == [0.008, 0.012, 0.016, 0.0193, 0.03])
  }

  @Test func `a control nothing meets is left out and named`() async throws {
    var none = Self.plain.object ?? [:]
    none["responders"] = 0
    let document = try await run(
      try ImportedDataset.simulated(), Self.regimen([Self.bare, .object(none)]))
    #expect(
      document.notes.first { $0.code == "reference.regimen.unmet" }?.text
        == "Left out: first: a control to calibrate to needs responders and others, unlike 0/243.")
  }

  private static let lacking: [(JSONObject, String)] = [
    (
      regimen([["name": "none", "trial": "T", "responders": 0, "patients": 20]]),
      "reference=plugin:weekly: no control can be met: none: a control to calibrate to needs"
        + " responders and others, unlike 0/20"
    ),
    (
      regimen([]),
      "reference=plugin:weekly: the regimen declares no [[definition.control]], so that there is"
        + " nothing chemotherapy alone could be calibrated to"
    ),
    (
      regimen([["name": "half", "trial": "T", "patients": 20]]),
      "reference=plugin:weekly: the control half has no usable \"responders\""
    ),
    (
      regimen([["name": "half", "trial": "T", "responders": 21, "patients": 20]]),
      "reference=plugin:weekly: the control half has no usable \"patients\""
    ),
    (
      ["kind": "immune-agent"],
      "reference=plugin:weekly: expected plugin: and an installed regimen"
    ),
  ]

  @Test(arguments: lacking)
  func `what a regimen lacks is named`(definition: JSONObject, message: String) async throws {
    let dataset = try ImportedDataset.simulated()
    let refusal = await #expect(throws: Refusal.self) { try await run(dataset, definition) }
    #expect(refusal?.message == message)
  }

  /// One control with only a response rate, scanned as the trial, is what `model:` simulates.
  @Test func `a control scanned as the trial is gives what its response rate alone gives`()
    async throws
  {
    let dataset = try ImportedDataset.simulated()
    let model = try await dataset.run(["reference": "model:39/94", "replicates": "2000"])
    let control: JSONValue = [
      "name": "only", "trial": "T", "responders": 39, "patients": 94, "scan_interval": "12w",
      "citation": "T.",
    ]
    let regimen = try await run(dataset, Self.regimen([control]), replicates: "2000")
    let shares = [model, regimen].map { document in
      document.tables.first { $0.name == "chemotherapy-alone" }?.rows.map { row in
        row[row.count - 11].number ?? -1
      } ?? []
    }
    // Two calibrations, with 20,000 and 10,000 patients: the share moves by less than .02.
    #expect(shares[0].count == 4)
    for (one, other) in zip(shares[0], shares[1]) { #expect(abs(one - other) < 0.02) }
  }
}
