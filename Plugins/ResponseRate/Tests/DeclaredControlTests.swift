import Foundation
import JSON
import PluginProtocol
import PluginTesting
import Testing

@testable import ResponseRate

struct DeclaredControlTests {
  /// The regimen declares the same arms as data, for predictions of combinations.
  @Test func `published controls are those the paclitaxel regimen declares`() throws {
    let folder = URL(filePath: plugin.path).deletingLastPathComponent()
      .appending(path: "PaclitaxelBreast").path
    let definition = try #require(try PluginFolder(folder).manifest().definition)
    let declared = try #require(definition["control"]?.array)
    #expect(declared.map { $0["name"]?.string } == PublishedControl.all.map(\.name))
    for (arm, control) in zip(declared, PublishedControl.all) {
      #expect(arm["responders"]?.integer == Int64(control.responders), "\(control.name)")
      #expect(arm["patients"]?.integer == Int64(control.patients), "\(control.name)")
      #expect(arm["printed_percent"]?.number == control.printedPercent, "\(control.name)")
    }
  }
}
