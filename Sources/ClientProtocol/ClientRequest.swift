package import JSON
import PluginProtocol

/// One request of a client, as read off its line.
package struct ClientRequest: Sendable, Hashable {
  /// Echoed verbatim.
  ///
  /// Nil for a notification, which gets no answer. A command line has `.null`.
  package let id: JSONValue?
  package let method: ClientMethod
  package let parameters: JSONObject

  /// Whether the client asked for `progress` notifications.
  ///
  /// A script never meets a line it did not ask for.
  package var wantsProgress: Bool { parameters["progress"]?.bool ?? false }

  package init(id: JSONValue?, method: ClientMethod, parameters: JSONObject = [:]) {
    self.id = id
    self.method = method
    self.parameters = parameters
  }

  /// Why a line is no request, with the id under which to say so.
  package struct Malformed: Error, Sendable, Hashable {
    package let id: JSONValue
    package let failure: CommandFailure
  }

  /// Reads a line: JSON-RPC 2.0 when its first character is `{`, else a command.
  package init(line: [UInt8]) throws(Malformed) {
    let isJSON = line.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "{")
    guard isJSON else {
      guard let text = String(validating: line, as: UTF8.self) else {
        throw Malformed(
          id: .null, failure: CommandFailure(.malformed, "the line is not valid UTF-8"))
      }
      self.init(id: .null, method: .command, parameters: ["line": .string(text)])
      return
    }
    let json: JSONValue
    do {
      json = try JSONValue(parsing: line)
    } catch {
      throw Malformed(id: .null, failure: CommandFailure(.malformed, "not JSON: \(error)"))
    }
    try self.init(json: json)
  }

  private init(json: JSONValue) throws(Malformed) {
    let id = json["id"]
    let echoed: JSONValue =
      switch id {
      case .string, .integer, .number: id ?? .null
      default: .null
      }
    func refuse(_ kind: CommandFailure.Kind, _ message: String, nearest: String? = nil) -> Malformed
    {
      Malformed(id: echoed, failure: CommandFailure(kind, message, nearest: nearest))
    }
    guard json["jsonrpc"] == "2.0" else {
      throw refuse(.invalidRequest, "\"jsonrpc\" must be \"2.0\"")
    }
    if let id, echoed != id, id != .null {
      throw refuse(.invalidRequest, "\"id\" must be a string, a number or null")
    }
    if let version = json["v"], version.integer != Int64(clientProtocolVersion) {
      throw refuse(
        .invalidRequest,
        "protocol version \(version.text) is not spoken here; supported: \(clientProtocolVersion)")
    }
    guard let name = json["method"]?.string else {
      throw refuse(.invalidRequest, "\"method\" must be a string")
    }
    guard let method = ClientMethod(rawValue: name) else {
      throw refuse(
        .unknownMethod, "there is no method \"\(name)\"",
        nearest: ClientMethod.allCases.map(\.rawValue).nearest(to: name))
    }
    guard let parameters = (json["params"] ?? .object([:])).object else {
      throw refuse(.invalidRequest, "\"params\" must be an object")
    }
    self.init(id: id, method: method, parameters: parameters)
  }
}
