/// What a run was asked to do: all that is known before it starts, and never changes.
package struct RunRequest: Sendable, Hashable {
  package var caller: Caller
  /// The line as the user typed it, or the request a program sent.
  package var command: String
  package var analysis: String
  /// All parameters as canonical JSON; two requests are the same only if these texts are.
  package var parameters: String
  package var seed: String?
  package var pluginID: String
  package var pluginVersion: String
  /// SHA-256 of the plugin's files, in hexadecimal.
  package var pluginHash: String
  package var datasetHash: String?
  /// How it stands to a registered plan, where there is one to stand to.
  package var plan: RunPlan?
  package var secondDataset: SecondDataset?

  package init(
    caller: Caller, command: String, analysis: String, parameters: String, seed: String?,
    pluginID: String, pluginVersion: String, pluginHash: String, datasetHash: String?,
    plan: RunPlan? = nil, secondDataset: SecondDataset? = nil
  ) {
    self.caller = caller
    self.command = command
    self.analysis = analysis
    self.parameters = parameters
    self.seed = seed
    self.pluginID = pluginID
    self.pluginVersion = pluginVersion
    self.pluginHash = pluginHash
    self.datasetHash = datasetHash
    self.plan = plan
    self.secondDataset = secondDataset
  }

  /// What two requests have in common when one answer serves both.
  ///
  /// SHA-256 over analysis, parameters, seed, plugin files, data sets and what the result says of a
  /// plan; who asked, and in which words, does not matter.
  package var key: String {
    var fingerprint = Fingerprint(of: "request")
    fingerprint.add(analysis)
    fingerprint.add(parameters)
    fingerprint.add(seed)
    fingerprint.add(pluginHash)
    fingerprint.add(datasetHash)
    plan?.add(to: &fingerprint)
    secondDataset?.add(to: &fingerprint)
    return fingerprint.hex()
  }
}
