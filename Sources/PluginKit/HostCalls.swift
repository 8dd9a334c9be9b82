import JSON
import PluginProtocol
import Synchronization

/// What running analyses ask of the host, until it is answered.
final class HostCalls: Sendable {
  typealias Answer = Result<JSONValue, Refusal>

  private struct State {
    var features: Set<String> = []
    var lastID: Int64 = 0
    var open: [Int64: CheckedContinuation<Answer, Never>] = [:]
  }

  private let connection: HostConnection
  private let state = Mutex(State())

  init(_ connection: HostConnection) { self.connection = connection }

  /// Notes what the host said it offers.
  func greeted(with features: [String]) { state.withLock { $0.features = Set(features) } }

  func offers(_ feature: PluginFeature) -> Bool {
    state.withLock { $0.features.contains(feature.rawValue) }
  }

  /// Asks the host, which answers everything once.
  func ask(_ feature: PluginFeature, _ parameters: JSONValue) async -> Answer {
    await withCheckedContinuation { continuation in
      let id = state.withLock { state in
        state.lastID += 1
        state.open[state.lastID] = continuation
        return state.lastID
      }
      connection.send(Wire.request(id: id, method: feature.rawValue, parameters: parameters))
    }
  }

  /// Hands an answer to whoever waits for it; one that nobody waits for is dropped.
  func receive(_ answer: Answer, to id: JSONValue) {
    let waiting = id.integer.flatMap { id in state.withLock { $0.open.removeValue(forKey: id) } }
    waiting?.resume(returning: answer)
  }
}
