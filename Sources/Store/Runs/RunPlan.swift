/// How a run stands to a registered plan.
package struct RunPlan: Sendable, Hashable {
  /// The plan's name; nil where the run follows none of those there are.
  package var name: String?
  /// What its result says of that, as JSON text; the store does not look inside.
  package var statement: String

  package init(name: String?, statement: String) {
    self.name = name
    self.statement = statement
  }
}

extension RunPlan {
  /// Requests without a plan keep the fingerprints they have always had.
  func add(to fingerprint: inout Fingerprint) {
    fingerprint.add(name)
    fingerprint.add(statement)
  }
}
