import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

struct RegimenShowTests {
  private func show(
    _ name: String, _ folder: String, immune: Bool
  ) async throws -> ResultDocument {
    var (given, folders) = (["name": name], ["name": folder])
    if immune { (given["immune"], folders["immune"]) = ("imp321", "IMP321") }
    return try await Combination().run(
      request("regimen", given, naming: folders), context: RunContext.detached)
  }

  @Test func `the source trial's calendar is printed and drawn`() async throws {
    let document = try await show("paclitaxel-breast", "PaclitaxelBreast", immune: true)
    #expect(document.title == "Weekly paclitaxel with IMP321, metastatic breast cancer, first line")
    #expect(
      document.notes.first?.text
        == "18 infusions of paclitaxel and 12 injections of IMP321 in 24 weeks.")
    #expect(document.estimates.map(\.value) == [18, 12, 24])
    let calendar = try #require(document.tables.first { $0.name == "calendar" })
    #expect(calendar.rows.count == 6)
    #expect(calendar.rows[1] == [2, 29, 56, "29, 36, 43", "30, 44"])
    let figure = try #require(document.figures.first)
    #expect(figure.kind == .swimmer)
    #expect(figure.series.map(\.name) == ["course", "paclitaxel", "IMP321"])
    #expect(figure.series.map(\.x.count) == [2, 18, 12])
  }

  @Test func `what goes on until progression is shown for 24 weeks`() async throws {
    let document = try await show("folfirinox-pancreatic", "FolfirinoxPancreatic", immune: false)
    #expect(
      document.notes.map(\.text) == [
        "12 infusions of oxaliplatin, 12 infusions of irinotecan, 12 infusions of leucovorin, 12"
          + " infusions of fluorouracil bolus and 12 infusions of fluorouracil infusion in 24 weeks.",
        "Dose or days of oxaliplatin, irinotecan, leucovorin, fluorouracil bolus and fluorouracil"
          + " infusion have not been compared with the paper.",
      ])
    let open = try await show("docetaxel-lung", "DocetaxelLung", immune: false)
    #expect(
      open.notes.map(\.text) == [
        "8 infusions of docetaxel in 24 weeks.",
        "docetaxel until progression; 24 weeks of it are shown.",
      ])
    #expect(open.figures.first?.series.last?.style == .arrows)
  }

  @Test func `what an agent gives after the last cycle is called so`() async throws {
    let document = try await show(
      "carboplatin-etoposide-lung", "CarboplatinEtoposideLung", immune: true)
    let calendar = try #require(document.tables.first { $0.name == "calendar" })
    #expect(calendar.rows.map { $0[0] } == [1, 2, 3, 4, "after"])
    #expect(calendar.rows[4].prefix(3) == ["after", 85, 168])
    #expect(
      document.notes.first { $0.code == "regimen.doses" }?.text
        == "Doses of IMP321 that were given: 0.25, 1.25, 6.25 and 30 mg.")
    let constants = try #require(document.tables.first { $0.name == "constants" })
    #expect(constants.title == "Constants of the tumor-dynamics engine")
    #expect(constants.rows.map { $0[0] }.count == 6)
    #expect(constants.rows.allSatisfy { $0[3] == "assumed" })
  }

  @Test func `a number of cycles that was recalled is said to be`() async throws {
    let document = try await show("docetaxel-breast", "DocetaxelBreast", immune: false)
    #expect(
      document.notes.filter { $0.code == "regimen.unverified" }.map(\.text) == [
        "Dose or days of docetaxel have not been compared with the paper.",
        "Not compared with the paper: number of cycles of Docetaxel.",
      ])
  }
}
