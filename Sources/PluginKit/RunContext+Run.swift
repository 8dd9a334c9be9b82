public import JSON
public import PluginProtocol

extension RunContext {
  /// Has the host run another analysis and returns its result.
  ///
  /// The manifest of the running analysis must name it: `calls = ["response-rate"]`. Parameters are
  /// what a client would send, as JSON or as typed (`"15/30"`, `"12w"`); the host checks them and
  /// fills the defaults in. Without `dataset` the analysis reads the data set of this run, without
  /// `seed` it takes the seed of this run; no other data can be named.
  ///
  /// Calls of one run are carried out one after another, and are given up with it. At most 8 runs
  /// may be inside one another, and none inside itself.
  ///
  /// - Throws: `Refusal`, with the name of the analysis before its message, where the analysis
  ///   refuses, fails or may not be run; `CancellationError` once the user has given this run up.
  public func run(
    _ analysis: String, _ parameters: JSONObject = [:], dataset: String? = nil,
    seed: String? = nil
  ) async throws -> ResultDocument {
    try checkCancellation()
    guard let calls, let id, calls.offers(.hostRun) else {
      throw Refusal(
        "call.no-host",
        "\(analysis) is run by the host, and there is none here that does: try it in doublet")
    }
    let request = HostRunRequest(
      run: id.integer, analysis: analysis, parameters: parameters, dataset: dataset, seed: seed)
    switch await calls.ask(.hostRun, try JSONValue(encoding: request)) {
    case .success(let result): return try Self.document(result, of: analysis)
    case .failure(let refusal):
      if refusal.kind == Refusal.cancelledKind { throw CancellationError() }
      // The parameter is the other analysis's: this one has none of that name to point at.
      throw Refusal(refusal.kind, "\(analysis): \(refusal.message)")
    }
  }

  private static func document(_ result: JSONValue, of analysis: String) throws -> ResultDocument {
    do {
      return try ResultDocument(json: result)
    } catch {
      throw Refusal("call.failed", "\(analysis): no result document: \(Wire.words(for: error))")
    }
  }
}
