/// An analysis that a run had the host run, and who computed it.
package struct CalledAnalysis: Sendable, Hashable {
  package var analysis: String
  package var plugin: String
  package var version: String
}

extension CalledAnalysis: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.analysis, lhs.plugin, lhs.version) < (rhs.analysis, rhs.plugin, rhs.version)
  }
}
