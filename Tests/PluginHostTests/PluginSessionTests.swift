import JSON
import PluginProtocol
import Testing

@testable import PluginHost

/// Every order of messages, without a process.
struct PluginSessionTests {
  private typealias Action = PluginSession.Action

  private func session(running: Bool = false) -> PluginSession {
    var session = PluginSession(id: "a", version: "1.0.0")
    _ = session.greet()
    _ = session.receive(.answer(id: 1, result: greeting()))
    if running { _ = session.begin() }
    return session
  }

  private func greeting(
    protocol version: Int = 1, id: String = "a", version pluginVersion: String = "1.0.0"
  ) -> [UInt8] {
    Array("{\"protocol\":\(version),\"id\":\"\(id)\",\"version\":\"\(pluginVersion)\"}".utf8)
  }

  private func answer(_ id: Int64, _ text: String = "1") -> PluginMessage {
    .answer(id: id, result: Array(text.utf8))
  }

  @Test("greets first")
  func greets() {
    var session = PluginSession(id: "a", version: "1.0.0")
    #expect(session.begin() == nil, "nothing before the greeting")
    #expect(
      session.greet().text
        == "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocol\":1,"
        + "\"features\":[\"host.run\"]}}")
    #expect(session.begin() == nil, "nothing during the greeting")
    #expect(session.receive(.answer(id: 1, result: greeting())) == .becomeReady)
    #expect(session.begin() == 2)
  }

  @Test("refuses a greeting that differs from the manifest")
  func wrongGreetings() {
    let cases: [(PluginMessage, ProtocolViolation)] = [
      (
        .answer(id: 1, result: greeting(protocol: 2)), .wrongProtocol(found: 2, expected: 1)
      ),
      (.answer(id: 1, result: greeting(id: "b")), .wrongIdentity(found: "b", expected: "a")),
      (
        .answer(id: 1, result: greeting(version: "2")), .wrongVersion(found: "2", expected: "1.0.0")
      ),
      (answer(1, "[]"), .badLine(.malformed("whose greeting lacks protocol, id or version"))),
      (
        .failure(id: 1, code: -1, message: "no", data: nil), .greetingRefused("no")
      ),
      (answer(2), .unknownRequest(id: 2)),
      (answer(0), .unknownRequest(id: 0)),
    ]
    for (message, violation) in cases {
      var session = PluginSession(id: "a", version: "1.0.0")
      _ = session.greet()
      #expect(session.receive(message) == .fail(violation))
      #expect(session.state == .ended)
      #expect(session.begin() == nil)
    }
  }

  @Test("finishes a run once")
  func answersTwice() {
    var session = session(running: true)
    #expect(session.receive(answer(2)) == .finish(.success(Array("1".utf8))))
    #expect(session.receive(answer(2)) == .retire(.answeredTwice(id: 2)))
    #expect(session.receive(answer(1)) == .retire(.answeredTwice(id: 1)))
  }

  @Test("a run in progress does not suffer for an old answer repeated")
  func answersTwiceLater() {
    var session = session(running: true)
    _ = session.receive(answer(2))
    #expect(session.begin() == 3)
    #expect(session.receive(answer(2)) == .retire(.answeredTwice(id: 2)))
    #expect(session.state == .running(id: 3))
    #expect(session.receive(answer(3)) == .finish(.success(Array("1".utf8))))
  }

  @Test("takes one request at a time")
  func oneAtATime() {
    var session = session(running: true)
    #expect(session.begin() == nil)
    _ = session.cancel()
    #expect(session.begin() == nil, "the plugin still owes an answer")
  }

  @Test("fails a run whose answer names a request that was never made", arguments: [0, -1, 3, 99])
  func wrongID(id: Int64) {
    var session = session(running: true)
    #expect(session.receive(answer(id)) == .fail(.unknownRequest(id: id)))
    #expect(session.receive(answer(2)) == nil, "it is over")
  }

  @Test("passes a refusal on")
  func refusal() {
    var session = session(running: true)
    let message = PluginMessage.failure(
      id: 2, code: Wire.refusalCode, message: "no",
      data: ["kind": "data.x", "parameter": "level", "expected": "more"])
    #expect(
      session.receive(message)
        == .finish(.failure(Refusal("data.x", "no", parameter: "level", expected: "more"))))
    #expect(session.state == .idle)
  }

  @Test("waits for the answer to what was cancelled, and drops it")
  func cancels() {
    var session = session(running: true)
    #expect(
      session.cancel()?.text
        == "{\"jsonrpc\":\"2.0\",\"method\":\"cancel\",\"params\":{\"id\":2}}")
    #expect(session.cancel() == nil, "once is enough")
    #expect(session.receive(.progress(id: 2, RunProgress(fraction: 0.5))) == nil)
    #expect(session.receive(answer(2)) == .recover)
    #expect(session.begin() == 3)
    #expect(session.receive(answer(2)) == .retire(.answeredTwice(id: 2)))
  }

  @Test("has nothing to cancel when nothing runs")
  func cancelsNothing() {
    var session = session()
    #expect(session.cancel() == nil)
    #expect(session.state == .idle)
  }

  @Test("passes rising progress of the current run on, nothing else")
  func progress() {
    var session = session(running: true)
    let reports: [(Int64, Double, Bool)] = [
      (2, 0.1, true), (2, 0.05, false), (2, 0.1, true), (1, 0.9, false), (3, 0.9, false),
      (2, .nan, false), (2, -0.1, false), (2, 1.1, false), (2, 1, true),
    ]
    for (id, fraction, passes) in reports {
      let progress = RunProgress(fraction: fraction)
      #expect((session.receive(.progress(id: id, progress)) == .report(progress)) == passes)
    }
    _ = session.receive(answer(2))
    #expect(session.receive(.progress(id: 2, RunProgress(fraction: 1))) == nil, "after the answer")
    _ = session.begin()
    #expect(session.receive(.progress(id: 3, RunProgress(fraction: 0))) != nil, "starts anew")
  }

  @Test("ignores notifications of a later protocol and keeps logs")
  func others() {
    var session = session(running: true)
    #expect(session.receive(.unknown(method: "celebrate")) == nil)
    #expect(session.receive(.log("hello")) == .log("hello"))
    #expect(session.state == .running(id: 2))
  }

  private func call(_ parameters: JSONValue = ["analysis": "mean"]) -> PluginMessage {
    .request(id: "a", method: "host.run", parameters: parameters)
  }

  private func error(_ code: Int64, _ message: String, data: JSONValue? = nil) -> Action {
    .reply(Wire.failure(id: "a", code: code, message: message, data: data))
  }

  @Test("takes a call while a run is in progress, and answers it at once otherwise")
  func calls() {
    var session = session()
    let misplaced = error(-32600, "host.run is for runs, and none is under way")
    #expect(session.receive(call()) == misplaced)
    _ = session.begin()
    let asked = HostRunRequest(run: 2, analysis: "mean", parameters: ["n": 3], seed: "7")
    let parameters: JSONValue = [
      "run": 2, "analysis": "mean", "parameters": ["n": 3], "seed": "7",
    ]
    #expect(session.receive(call(parameters)) == .call(id: "a", asked))
    #expect(session.state == .running(id: 2))
    #expect(
      session.receive(call(["run": 1, "analysis": "mean"]))
        == error(-32600, "run 1 is not under way"))
    #expect(
      session.receive(call([:]))
        == error(-32602, "host.run: \"analysis\" is missing"))
    #expect(
      session.receive(.request(id: "a", method: "tomorrow", parameters: [:]))
        == error(-32601, "no method is called \"tomorrow\""))
    _ = session.cancel()
    #expect(
      session.receive(call())
        == error(-32800, "the run was cancelled", data: ["kind": "run.cancelled"]))
    _ = session.receive(answer(2))
    #expect(session.receive(call()) == misplaced)
  }

  @Test("hears nothing once it has ended")
  func ended() {
    var session = session(running: true)
    session.end()
    #expect(session.receive(answer(2)) == nil)
    #expect(session.receive(.log("late")) == nil)
    #expect(session.begin() == nil)
    #expect(session.cancel() == nil)
  }

  /// Holds for every sequence of five events: a run is finished at most once, and only while it
  /// is wanted.
  @Test("finishes no run twice in any order of five events")
  func everyOrder() {
    let events = 7
    for code in 0..<(events * events * events * events * events) {
      var session = session()
      var wanted = false
      var rest = code
      for _ in 0..<5 {
        let action = Self.apply(rest % events, to: &session, &wanted)
        rest /= events
        if case .finish = action {
          #expect(wanted)
          wanted = false
        }
        if case .fail = action { wanted = false }
        guard case .running = session.state else {
          #expect(!wanted || session.state == .ended)
          continue
        }
        #expect(wanted)
      }
    }
  }

  private static func apply(
    _ event: Int, to session: inout PluginSession, _ wanted: inout Bool
  ) -> Action? {
    switch event {
    case 0:
      if session.begin() != nil { wanted = true }
      return nil
    case 1:
      if session.cancel() != nil { wanted = false }
      return nil
    case 2: return session.receive(.progress(id: 2, RunProgress(fraction: 0.5)))
    case 6: return session.receive(.failure(id: 3, code: -1, message: "", data: nil))
    default: return session.receive(.answer(id: Int64(event) - 1, result: []))
    }
  }
}
