import JSON
import PluginProtocol

/// One conversation with a plugin, free of processes, pipes and clocks.
///
/// Whoever owns the pipes feeds messages in and carries the actions out. The session sees to it
/// that every request is finished exactly once, whatever the plugin sends in whatever order.
struct PluginSession {
  enum State: Hashable {
    case new
    case greeting(id: Int64)
    case idle
    case running(id: Int64)
    /// The caller has had its answer; the plugin still owes the one that makes it idle.
    case cancelling(id: Int64)
    case ended
  }

  enum Action: Hashable {
    /// The plugin has greeted the host and takes requests.
    case becomeReady
    case finish(Result<[UInt8], Refusal>)
    case report(RunProgress)
    case log(String)
    /// The run in progress fails, and the process must go.
    case fail(ProtocolViolation)
    /// The process must go once it is idle; no run suffers for it.
    case retire(ProtocolViolation)
    /// The plugin asks for something that is answered at once.
    case reply(JSONValue)
    /// The plugin asks for a run inside the one in progress.
    case call(id: JSONValue, HostRunRequest)
    /// The answer to a request that was given up has come; the process is idle again.
    case recover
  }

  private let id: String
  private let version: String
  private let dropsBadProgress: Bool
  private(set) var state = State.new
  private var lastID: Int64 = 0
  private var lastFraction = 0.0

  init(id: String, version: String, dropsBadProgress: Bool = true) {
    self.id = id
    self.dropsBadProgress = dropsBadProgress
    self.version = version
  }

  /// The first line the host sends.
  mutating func greet() -> JSONValue {
    lastID = 1
    state = .greeting(id: lastID)
    return Wire.initialization(id: lastID)
  }

  /// Begins a request and returns its id, or nil where the session is not idle.
  mutating func begin() -> Int64? {
    guard state == .idle else { return nil }
    lastID += 1
    lastFraction = 0
    state = .running(id: lastID)
    return lastID
  }

  /// Gives the running request up and returns the line that tells the plugin.
  mutating func cancel() -> JSONValue? {
    guard case .running(let id) = state else { return nil }
    state = .cancelling(id: id)
    return Wire.cancellation(of: id)
  }

  mutating func end() { state = .ended }

  mutating func receive(_ message: PluginMessage) -> Action? {
    if state == .ended { return nil }
    switch message {
    case .unknown: return nil
    case .log(let text): return .log(text)
    case .progress(let id, let progress): return report(progress, of: id)
    case .request(let id, let method, let parameters): return heed(method, id, parameters)
    case .answer(let id, let result): return answer(id, .success(result))
    case .failure(let id, let code, let message, let data):
      return answer(id, .failure(Refusal(code: code, message: message, data: data)))
    }
  }

  /// Passes on progress that rises; what is late, falls or is out of range is dropped.
  private mutating func report(_ progress: RunProgress, of id: Int64) -> Action? {
    guard state == .running(id: id) else { return nil }
    if dropsBadProgress {
      guard progress.fraction >= lastFraction, progress.fraction <= 1 else { return nil }
    }
    lastFraction = progress.fraction
    return .report(progress)
  }

  private func heed(_ method: String, _ id: JSONValue, _ parameters: JSONValue) -> Action {
    func refuse(_ code: Int64, _ message: String) -> Action {
      .reply(Wire.failure(id: id, code: code, message: message))
    }
    guard method == PluginFeature.hostRun.rawValue else {
      return refuse(Wire.unknownMethodCode, "no method is called \"\(method)\"")
    }
    guard case .running(let run) = state else {
      if case .cancelling = state { return .reply(PluginFailure.cancelled.answer(to: id)) }
      return refuse(Wire.invalidRequestCode, "\(method) is for runs, and none is under way")
    }
    do {
      let asked = try HostRunRequest(json: parameters)
      guard asked.run ?? run == run else {
        return refuse(Wire.invalidRequestCode, "run \(asked.run ?? run) is not under way")
      }
      return .call(id: id, asked)
    } catch {
      return refuse(Wire.invalidParametersCode, "\(method): \(Wire.words(for: error))")
    }
  }

  private mutating func answer(_ id: Int64, _ result: Result<[UInt8], Refusal>) -> Action {
    switch state {
    case .greeting(id: id): return welcome(result)
    case .running(id: id):
      state = .idle
      return .finish(result)
    case .cancelling(id: id):
      state = .idle
      return .recover
    default: break
    }
    guard (1...lastID).contains(id) else { return fail(.unknownRequest(id: id)) }
    // An id of an earlier request: the run in progress, if any, cannot be confused with it.
    return .retire(.answeredTwice(id: id))
  }

  private mutating func welcome(_ result: Result<[UInt8], Refusal>) -> Action {
    switch result {
    case .failure(let refusal): return fail(.greetingRefused(refusal.message))
    case .success(let bytes):
      guard let json = try? JSONValue(parsing: bytes),
        let greeting = try? PluginGreeting(json: json)
      else { return fail(.badLine(.malformed("whose greeting lacks protocol, id or version"))) }
      if let violation = violation(in: greeting) { return fail(violation) }
      state = .idle
      return .becomeReady
    }
  }

  private func violation(in greeting: PluginGreeting) -> ProtocolViolation? {
    if greeting.protocol != pluginProtocolVersion {
      return .wrongProtocol(found: greeting.protocol, expected: pluginProtocolVersion)
    }
    if greeting.id != id { return .wrongIdentity(found: greeting.id, expected: id) }
    if greeting.version != version {
      return .wrongVersion(found: greeting.version, expected: version)
    }
    return nil
  }

  private mutating func fail(_ violation: ProtocolViolation) -> Action {
    state = .ended
    return .fail(violation)
  }
}
