package import JSON
package import PluginProtocol

/// The plugins that are in force, and the analyses they offer.
package struct PluginCatalog: Sendable {
  /// Which catalog of its host it is: one with the same number is the same.
  package let number: Int
  /// By id.
  package let plugins: [InstalledPlugin]
  private let byID: [String: InstalledPlugin]
  private let byAnalysis: [String: (plugin: InstalledPlugin, analysis: AnalysisDeclaration)]

  /// - Precondition: No two plugins have an id or an analysis in common.
  init(_ plugins: [InstalledPlugin] = [], number: Int = 0) {
    self.number = number
    self.plugins = plugins.sorted { $0.id < $1.id }
    byID = Dictionary(uniqueKeysWithValues: plugins.map { ($0.id, $0) })
    let pairs = plugins.flatMap { plugin in
      plugin.manifest.analyses.map { ($0.name, (plugin: plugin, analysis: $0)) }
    }
    byAnalysis = Dictionary(uniqueKeysWithValues: pairs)
  }

  package func plugin(_ id: String) -> InstalledPlugin? { byID[id] }

  /// The analysis of a name, and the plugin that offers it.
  package func analysis(
    _ name: String
  ) -> (plugin: InstalledPlugin, analysis: AnalysisDeclaration)? { byAnalysis[name] }

  /// The declarative plugins whose definitions are of a kind, by id.
  package func plugins(defining kind: String) -> [InstalledPlugin] {
    plugins.filter { $0.isDeclarative && $0.definitionKind == kind }
  }

  /// The declarative plugins that parameters of an analysis name, by the name of the parameter.
  package func definitions(
    named parameters: JSONObject, in analysis: AnalysisDeclaration
  ) -> [String: InstalledPlugin] {
    var named: [String: InstalledPlugin] = [:]
    for parameter in analysis.parameters {
      guard let kind = parameter.definitionKind,
        let plugin = parameter.definitionName(in: parameters[parameter.name]).flatMap(plugin),
        plugin.isDeclarative, plugin.definitionKind == kind
      else { continue }
      named[parameter.name] = plugin
    }
    return named
  }

  /// The declarative plugins every run of an analysis is told of, sorted by id.
  package func installed(for analysis: AnalysisDeclaration) -> [InstalledPlugin] {
    guard !analysis.definitions.isEmpty else { return [] }
    return plugins.filter { plugin in
      plugin.isDeclarative && plugin.definitionKind.map(analysis.definitions.contains) ?? false
    }
  }

  /// Every analysis a run of this one may have the host run, and those that these may, sorted.
  ///
  /// Names that no plugin offers are among them.
  package func called(by analysis: AnalysisDeclaration) -> [String] {
    var found: Set<String> = []
    var open = analysis.calls
    while let name = open.popLast() {
      guard found.insert(name).inserted else { continue }
      open += self.analysis(name)?.analysis.calls ?? []
    }
    return found.sorted()
  }

  /// The names of all analyses, sorted.
  package var analysisNames: [String] { byAnalysis.keys.sorted() }
}
