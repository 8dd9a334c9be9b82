import Foundation
import Testing

@testable import Schemas

/// The page of the protocol is the one the types make.
struct ProtocolReferenceTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/doubletd/doubletd.docc/PluginProtocol.md")

  /// Set `DOUBLET_WRITE_REFERENCE` to write the page anew after a feature was added.
  @Test func thePageIsMadeFromTheTypes() throws {
    let page = try ProtocolReference.page()
    if ProcessInfo.processInfo.environment["DOUBLET_WRITE_REFERENCE"] != nil {
      try Data(page.utf8).write(to: Self.file)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == page)
  }
}
