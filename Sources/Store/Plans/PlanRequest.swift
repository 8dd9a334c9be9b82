/// A pre-specified analysis as it is handed in.
package struct PlanRequest: Sendable, Hashable {
  package var name: String
  /// SHA-256 of the file's bytes, in hexadecimal.
  package var sha256: String
  /// The file.
  package var text: String
  package var title: String
  package var analysis: String
  /// All parameters, defaults filled in, as canonical JSON.
  package var parameters: String
  package var seed: String?
  /// The name of the data set it is for, where it says.
  package var dataset: String?
  package var pluginID: String
  package var pluginVersion: String
  package var pluginHash: String

  package init(
    name: String, sha256: String, text: String, title: String, analysis: String,
    parameters: String, seed: String? = nil, dataset: String? = nil, pluginID: String,
    pluginVersion: String, pluginHash: String
  ) {
    self.name = name
    self.sha256 = sha256
    self.text = text
    self.title = title
    self.analysis = analysis
    self.parameters = parameters
    self.seed = seed
    self.dataset = dataset
    self.pluginID = pluginID
    self.pluginVersion = pluginVersion
    self.pluginHash = pluginHash
  }

  /// What the audit trail says of it: the SHA-256 of the file, and one over everything that is kept.
  var detail: String {
    var fingerprint = Fingerprint(of: "plan")
    for field in [name, sha256, text, title, analysis, parameters] { fingerprint.add(field) }
    for field in [seed, dataset, pluginID, pluginVersion, pluginHash] { fingerprint.add(field) }
    return "\(sha256) \(fingerprint.hex())"
  }
}
