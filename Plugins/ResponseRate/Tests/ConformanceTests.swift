import Conformance
import Foundation
import PluginProtocol
import PluginTesting
import Testing

struct ConformanceTests {
  @Test func `the installed plugin keeps the promises every plugin makes`() async throws {
    let dataset = try ImportedDataset.simulated()
    let checks = await PluginConformance.check(
      folder: plugin.path, dataset: dataset.file)
    #expect(checks.count > 5)
    for check in checks { #expect(check.passed, "\(check)") }
  }
}
