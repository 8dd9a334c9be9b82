public import JSON

/// What a plugin asks of its host while it serves a run: to run another analysis and answer with
/// its result document.
public struct HostRunRequest: Sendable, Codable, Hashable {
  /// The id of the run it is asked for; the run in progress where it is left out.
  public var run: Int64?
  public var analysis: String
  /// As a client would send them; the manifest's defaults are filled in.
  public var parameters: JSONObjectBox?
  /// The name of a data set of the asking run; its data set where this is left out.
  public var dataset: String?
  /// The seed of the asking run where this is left out.
  public var seed: String?

  public init(
    run: Int64? = nil, analysis: String, parameters: JSONObject = [:], dataset: String? = nil,
    seed: String? = nil
  ) {
    self.run = run
    self.analysis = analysis
    self.parameters = JSONObjectBox(parameters)
    self.dataset = dataset
    self.seed = seed
  }
}
