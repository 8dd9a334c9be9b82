import Conformance
import PluginProtocol
import PluginTesting
import Testing

struct ConformanceTests {
  @Test func `the installed plugin keeps the promises every plugin makes`() async throws {
    let companions = ["PaclitaxelBreast", "GemcitabinePancreatic", "DocetaxelLung", "IMP321"]
    let checks = await PluginConformance.check(
      folder: plugin.path, companions: companions.map { shipped($0).path })
    #expect(checks.count > 5)
    for check in checks { #expect(check.passed, "\(check)") }
  }
}
