import JSON
import PluginProtocol

/// Carries out what a run asks its host to run.
struct InnerRuns: Sendable {
  typealias Outcome = Result<PluginAnswer, PluginFailure>

  private let host: PluginHost
  private let outer: RunRequest
  private let chain: CallChain

  /// For the run at the end of a chain.
  init(_ host: PluginHost, of outer: RunRequest, inside chain: CallChain) {
    self.host = host
    self.outer = outer
    self.chain = chain
  }

  var isOutermost: Bool { chain.links.count == 1 }

  /// The result document, with every analysis that went into it among the answer's calls.
  func answer(_ asked: HostRunRequest) async -> Outcome {
    do throws(PluginFailure) {
      return .success(try await run(asked))
    } catch {
      return .failure(error)
    }
  }

  private func run(_ asked: HostRunRequest) async throws(PluginFailure) -> PluginAnswer {
    let inner: InnerRun
    do {
      inner = try InnerRun(asked, of: outer, inside: chain, host.catalog)
    } catch {
      throw .refused(error)
    }
    let executor = InnerExecutor(host: host, chain: inner.chain)
    var answer = try await executor.answer(
      inner.request, plugin: inner.plugin.id, splitBy: inner.declaration.shards, progress: nil)
    guard let document = InnerResult.document(answer.result, of: inner) else {
      throw .protocolViolation(plugin: inner.plugin.id, .badAnswer("a result of \(asked.analysis)"))
    }
    answer.result = document
    answer.calls.insert(
      CalledAnalysis(
        analysis: asked.analysis, plugin: inner.plugin.id, version: inner.plugin.manifest.version))
    return answer
  }
}

/// The host's processes, for runs that are inside others.
private struct InnerExecutor: RunExecutor {
  let host: PluginHost
  let chain: CallChain

  var width: Int { host.width }

  func run(
    _ request: RunRequest, plugin: String, progress: (@Sendable (RunProgress) -> Void)?
  ) async throws(PluginFailure) -> PluginAnswer {
    try await host.run(request, plugin: plugin, inside: chain, progress: progress)
  }

  func merge(partials: [JSONValue], plugin: String) async throws(PluginFailure) -> PluginAnswer {
    try await host.merge(partials: partials, plugin: plugin)
  }
}
