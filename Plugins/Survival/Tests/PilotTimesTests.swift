import JSON
import PluginProtocol
import PluginTesting
import Testing
import TrialData

@testable import Survival

/// The CDISC pilot, as pharmaverseadam derives its times with admiralonco (adtte_onco.rda), where it
/// is at hand: row surv-052 of the published values that `TimeToEventTests` lists.
struct PilotTimesTests {
  /// Duration of response, code RSD: AVAL in days counting both ends, and CNSR.
  private static let durations: [String: (aval: Int, cnsr: Int)] = [
    "01-701-1015": (1, 1), "01-701-1115": (22, 1), "01-701-1118": (43, 1),
    "01-701-1133": (43, 0),
  ]

  @Test func `ADTTE comes in with a day less than AVAL, which counts both ends`() throws {
    guard let pilot = try ImportedDataset.pilot() else { return }
    let events = try TrialDataset(path: pilot.file.path).events()
    #expect(events.count { $0.endpoint == "os" } == 254)
    #expect(events.count { $0.endpoint == "os" && $0.occurred } == 3)
    #expect(events.count { $0.endpoint == "pfs" && $0.occurred } == 6)
    let found = events.filter { $0.endpoint == "rsd" }
    #expect(Set(found.map(\.subject)) == Set(Self.durations.keys))
    for event in found {
      let row = try #require(Self.durations[event.subject])
      #expect(event.day == row.aval - 1, "\(event.subject)")
      #expect(event.occurred == (row.cnsr == 0), "\(event.subject)")
    }
  }

  @Test func `durations derived from its responses are those of its ADTTE`() async throws {
    guard let pilot = try ImportedDataset.pilot() else { return }
    let document = try await pilot.run(["endpoint": "dor", "times": "yes"])
    let table = try #require(document.tables.first { $0.name == "adtte" })
    let place = { name in try #require(table.columns.firstIndex { $0.name == name }) }
    let (subject, aval, cnsr) = try (place("USUBJID"), place("AVAL"), place("CNSR"))
    #expect(table.rows.count == Self.durations.count)
    for row in table.rows {
      let theirs = try #require(Self.durations[row[subject].string ?? ""])
      #expect(row[aval].integer.map(Int.init) == theirs.aval)
      #expect(row[cnsr].integer.map(Int.init) == theirs.cnsr)
    }
  }
}
