import Foundation
import JSON
import PluginProtocol
import Testing

/// Recorded conversations of protocol 1 are understood for as long as it is spoken.
struct ConversationTests {
  struct Line: Sendable, CustomTestStringConvertible {
    let isFromHost: Bool
    let text: String
    var testDescription: String { String(text.prefix(80)) }
  }

  private static func lines(of conversation: String = "v1") throws -> [Line] {
    let file = try #require(
      Bundle.module.url(
        forResource: conversation, withExtension: "jsonl", subdirectory: "Conversations"))
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      let object = try JSONValue(parsing: Array(line.utf8))
      let text = object["host"]?.string ?? object["plugin"]?.string
      return Line(isFromHost: object["host"] != nil, text: try #require(text))
    }
  }

  @Test("the host still says every line a plugin of protocol 1 knows, byte for byte")
  func hostLines() throws {
    var methods: [String] = []
    for line in try Self.lines() where line.isFromHost {
      let bytes = Array(line.text.utf8)
      methods.append(try JSONValue(parsing: bytes)["method"]?.string ?? "")
      let message: HostMessage
      do throws(HostMessageFault) {
        message = try HostMessage(parsing: bytes)
      } catch {
        #expect(error.code == Wire.unknownMethodCode)
        #expect(error.message == "no method is called \"tomorrow\"")
        continue
      }
      switch message {
      case .request(let id, let request):
        let number = try #require(id.integer)
        #expect(try Wire.line(request, id: number).text == line.text)
      case .cancel(let id):
        let number = try #require(id.integer)
        #expect(Wire.cancellation(of: number).text == line.text)
      case .unknown(let method): #expect(method == "tomorrow")
      case .answer, .failure: Issue.record("\(line)")
      }
    }
    #expect(
      methods == [
        "initialize", "run", "run", "run", "run", "run", "merge", "check", "run", "cancel",
        "tomorrow", "tomorrow", "shutdown",
      ])
  }

  @Test("the host still reads every line such a plugin says")
  func pluginLines() throws {
    var results: [Int64: JSONValue] = [:]
    var codes: [Int64: Int64] = [:]
    var fractions: [Double] = []
    var logs: [String] = []
    for line in try Self.lines() where !line.isFromHost {
      switch try PluginMessage(parsing: Array(line.text.utf8)) {
      case .answer(let id, let result): results[id] = try JSONValue(parsing: result)
      case .failure(let id, let code, let message, let data):
        codes[id] = code
        let refusal = Refusal(code: code, message: message, data: data)
        if id == 5 { #expect(refusal.parameter == "level" && refusal.kind == "data.impossible") }
      case .progress(let id, let progress): if id == 3 { fractions.append(progress.fraction) }
      case .log(let text): logs.append(text)
      case .unknown(let method), .request(_, let method, _): Issue.record("\(method)")
      }
    }
    #expect(codes == [5: Wire.refusalCode, 9: Wire.cancelledCode, 10: Wire.unknownMethodCode])
    #expect(fractions.first == 0 && fractions.last == 1 && logs == ["said 1 lines"])
    #expect(
      try PluginGreeting(json: results[1] ?? .null)
        == PluginGreeting(protocol: 1, id: "well-behaved", version: "1.0.0"))
    let document = try ResultDocument(json: results[2] ?? .null)
    #expect(document.estimates.first?.value == 0.5 && document.seed == "18446744073709551615")
    #expect(results[6] == 3)
    #expect(try ResultDocument(json: results[7] ?? .null).estimates.first?.value == 15)
    #expect(try [Diagnostic](json: results[8] ?? .null).first?.keyPath == "definition.drugs.0.dose")
    #expect(results[11] == [:])
  }

  @Test("a plugin's calls are read, and answered, as they were when the feature came")
  func calls() throws {
    var asked: [Int64: HostRunRequest] = [:]
    var answers: [Int64: JSONValue] = [:]
    var refusals: [Int64: Refusal] = [:]
    for line in try Self.lines(of: "v1-host-run") {
      let bytes = Array(line.text.utf8)
      if line.isFromHost {
        switch try HostMessage(parsing: bytes) {
        case .request(let id, let request):
          #expect(try Wire.line(request, id: try #require(id.integer)).text == line.text)
        case .answer(let id, let result): answers[try #require(id.integer)] = result
        case .failure(let id, let refusal): refusals[try #require(id.integer)] = refusal
        case .cancel, .unknown: Issue.record("\(line)")
        }
      } else if case .request(let id, let method, let parameters) = try PluginMessage(
        parsing: bytes)
      {
        #expect(method == PluginFeature.hostRun.rawValue)
        asked[try #require(id.integer)] = try HostRunRequest(json: parameters)
      }
    }
    #expect(
      asked == [
        1: HostRunRequest(
          run: 2, analysis: "count", parameters: ["responders": "15/30"], seed: "8"),
        2: HostRunRequest(run: 3, analysis: "gone"),
      ])
    #expect(try ResultDocument(json: answers[1] ?? .null).seed == "8" && answers.count == 1)
    #expect(
      refusals == [
        2: Refusal("call.unknown", "call-a needs the analysis gone, which no plugin offers")
      ])
  }
}
