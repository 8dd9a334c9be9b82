import Foundation
import JSON
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

struct ShippedPluginTests {
  @Test("reads without a problem", arguments: try declarativeFolders())
  func isInOrder(folder: String) throws {
    let manifest = try shipped(folder).manifest()
    let definition = try #require(manifest.definition)
    let (_, diagnostics) = TreatmentDefinition.read(definition.object)
    #expect(diagnostics == [])
    let readme = try String(contentsOfFile: shipped(folder).path + "/README.md", encoding: .utf8)
    #expect(readme.hasPrefix("# \(manifest.id)\n"))
    let words = folder.replacing(/[a-z0-9](?=[A-Z])|[A-Z](?=[A-Z][a-z])/) { "\($0.output)-" }
    #expect(words.lowercased() == manifest.id)
  }

  @Test func `there is an agent and at least twelve regimens`() throws {
    let kinds = try declarativeFolders().map {
      try shipped($0).manifest().definition?["kind"]?.string
    }
    #expect(kinds.count { $0 == "immune-agent" } >= 1)
    #expect(kinds.count { $0 == "regimen" } >= 12)
  }

  /// The trial's calendar: 18 infusions, 12 injections, 24 weeks.
  @Test func `the source trial's calendar`() throws {
    let agent = try #require(try shipped("IMP321").manifest().definition)
    guard case .immuneAgent(let agent) = try TreatmentDefinition(agent.object, named: "imp321")
    else { throw Refusal("test", "imp321 is no agent") }
    let calendar = TreatmentCalendar(try regimen("PaclitaxelBreast"), with: agent)
    #expect(calendar.days == 168)
    #expect(calendar.rows.map(\.days.count) == [18, 12])
    #expect(calendar.rows[0].days.suffix(3) == [141, 148, 155])
    #expect(calendar.rows[1].days.suffix(2) == [142, 156])
    #expect(calendar.rows[1].days.prefix(4) == [2, 16, 30, 44])
    #expect(calendar.rows.allSatisfy { !$0.isOpenEnded })
    #expect(calendar.rows.map(\.totalDose) == [1440, 360])
  }

  /// Gemcitabine weekly for 7 of 8 weeks, then 3 of 4.
  @Test func `a first cycle of another length`() throws {
    let calendar = TreatmentCalendar(try regimen("GemcitabinePancreatic"))
    #expect(calendar.cycles.map(\.days.count) == [56, 28, 28, 28, 28])
    #expect(
      calendar.rows[0].days == [
        1, 8, 15, 22, 29, 36, 43, 57, 64, 71, 85, 92, 99, 113, 120, 127, 141, 148, 155,
      ])
    #expect(calendar.rows[0].isOpenEnded)
  }

  @Test func `a drug that stops before the others`() throws {
    let calendar = TreatmentCalendar(try regimen("PemetrexedPlatinumLung"))
    #expect(calendar.rows[0].days == [1, 22, 43, 64, 85, 106, 127, 148])
    #expect(calendar.rows[1].days == [1, 22, 43, 64])
    #expect(calendar.rows.map(\.isOpenEnded) == [true, false])
  }

  @Test func `tablets twice a day for a fortnight`() throws {
    let row = TreatmentCalendar(try regimen("CapecitabineBreast")).rows[0]
    #expect(row.days.prefix(15) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 22])
    #expect(row.givings == "112 days")
    #expect(row.totalDose == 224_000)
  }

  @Test func `analyses of one trial count as one`() throws {
    let primaries = try regimen("PaclitaxelBreast").controls.primaries
    #expect(primaries.map(\.name) == ["e2100-irf", "nk105", "martin", "aipac"])
  }
}
