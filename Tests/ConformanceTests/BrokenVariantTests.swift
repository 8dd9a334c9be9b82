import Conformance
import Testing

/// Every rule of the suite, broken once, is named in a sentence of its own.
@Suite(.serialized) struct BrokenVariantTests {
  private static let python = AuthorKit.Language.python
  /// Far above the second it takes, because other tests may be using every core.
  private static let manyRunsLimit = Duration.seconds(300)

  @Test("A plugin in Python that keeps the rules passes")
  func good() async throws {
    guard Self.python.isInstalled else { return }
    let kit = try AuthorKit(
      .python, manifest: SmallPlugin.manifest, script: SmallPlugin.python)
    for check in await PluginConformance.check(
      folder: kit.folder, manyRunsLimit: Self.manyRunsLimit)
    {
      #expect(check.passed && !check.isSkipped, "\(check)")
    }
  }

  @Test("One broken rule fails the check that is named after it", arguments: BrokenVariant.all)
  func broken(variant: BrokenVariant) async throws {
    guard Self.python.isInstalled else { return }
    try #require(
      SmallPlugin.manifest.contains(variant.replaces)
        || SmallPlugin.python.contains(variant.replaces))
    let kit = try AuthorKit(
      .python, manifest: SmallPlugin.manifest.replacing(variant.replaces, with: variant.with),
      script: SmallPlugin.python.replacing(variant.replaces, with: variant.with))
    let failed = await PluginConformance.check(
      folder: kit.folder, patience: .seconds(2),
      manyRunsLimit: variant.check == "many-runs" ? Self.manyRunsLimit : .seconds(20)
    ).filter { !$0.passed }
    let check = try #require(failed.first { $0.id == variant.check }, "\(failed)")
    let sentence = check.sentence.trimmingPlace(kit.folder)
    #expect(sentence.hasPrefix(variant.sentence), "\(check)")
    #expect(!check.whereToLook.isEmpty)
  }
}

extension String {
  /// Without the file and line a problem of a manifest begins with.
  fileprivate func trimmingPlace(_ folder: String) -> String {
    guard hasPrefix(folder), let end = firstRange(of: ": ")?.upperBound else { return self }
    return String(self[end...])
  }
}
