import JSON

/// What a line or a request for an analysis comes to, checked against the plugin's manifest.
struct AnalysisCall: Sendable, Hashable {
  var analysis: String
  /// Every parameter in the manifest's order, defaults filled in.
  ///
  /// One without a default that was not given is absent.
  var parameters: JSONObject
  /// The name of the data set it reads.
  var dataset: String?
  /// A 64-bit number in decimal.
  var seed: String?
  /// The registered plan it is made under.
  var plan: String?
  /// Whether a stored answer will not do.
  var isFresh = false
  /// Where on the line each parameter was given.
  var ranges: [String: Range<Int>] = [:]
}
