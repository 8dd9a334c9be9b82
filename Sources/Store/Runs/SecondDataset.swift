/// A data set a run reads beside its own, because a parameter names it.
package struct SecondDataset: Sendable, Hashable {
  /// The parameter that names it.
  package var parameter: String
  /// The name it had when the run was asked for.
  package var name: String
  /// SHA-256 of the logical content, in hexadecimal.
  package var hash: String

  package init(parameter: String, name: String, hash: String) {
    self.parameter = parameter
    self.name = name
    self.hash = hash
  }
}

extension SecondDataset {
  /// Requests with one data set keep the fingerprints they have always had.
  func add(to fingerprint: inout Fingerprint) {
    fingerprint.add(parameter)
    fingerprint.add(name)
    fingerprint.add(hash)
  }
}
