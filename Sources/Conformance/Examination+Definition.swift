import PluginHost
import PluginProtocol

extension Examination {
  /// Has the engine read a declarative plugin's definition and run what it offers.
  mutating func examineDefinition(of declared: InstalledPlugin, _ host: PluginHost) async {
    let engine = declared.manifest.engine ?? ""
    guard host.catalog.plugin(engine) != nil else {
      skip("definition", "its engine \(engine) is not at hand")
      return await host.shutdown()
    }
    let problems = await host.reload().problems.filter { $0.file.hasPrefix(folder + "/") }
    for problem in problems { note("definition", false, "\(problem)") }
    if problems.isEmpty, let plugin = host.catalog.plugin(declared.id) {
      note("definition", true, "its engine \(engine) finds nothing wrong with it")
      let examples = await checkExamples(host, plugin)
      if let example = examples.first { await checkDeterminism(host, plugin, example) }
    }
    await host.shutdown()
  }
}
