public import JSON

/// One line from a plugin.
public enum PluginMessage: Sendable, Hashable {
  /// The answer to a request; the result's bytes as the plugin wrote them.
  case answer(id: Int64, result: [UInt8])
  case failure(id: Int64, code: Int64, message: String, data: JSONValue?)
  case progress(id: Int64, RunProgress)
  case log(String)
  /// The plugin asks the host for something; the id is the plugin's own.
  case request(id: JSONValue, method: String, parameters: JSONValue)
  /// A notification of a later version of the protocol, to be ignored.
  case unknown(method: String)
}

/// Why a line from a plugin is no message of the protocol.
public enum PluginMessageFault: Error, Hashable, Sendable {
  case notJSON(JSONSyntaxError)
  /// The line is JSON, but not what the protocol says.
  case malformed(String)
}

extension PluginMessageFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notJSON(let error): "sent a line that is not JSON (\(error))"
    case .malformed(let what): "sent a line \(what)"
    }
  }
}

extension PluginMessage {
  /// Reads a line; the result of an answer is checked for syntax but not decoded.
  public init(parsing line: [UInt8]) throws(PluginMessageFault) {
    let members: JSONMembers
    do {
      members = try JSONMembers(parsing: line)
    } catch {
      throw .notJSON(error)
    }
    guard members["jsonrpc"]?.string == "2.0" else {
      throw .malformed("without \"jsonrpc\":\"2.0\"")
    }
    if let method = members["method"] {
      self = try Self.notification(method, members)
    } else {
      self = try Self.response(members)
    }
  }

  private static func notification(
    _ method: JSONValue, _ members: JSONMembers
  ) throws(PluginMessageFault) -> Self {
    guard let name = method.string else { throw .malformed("whose method is \(method.kind)") }
    let parameters = members["params"]
    if let id = members["id"] { return try request(id, name, parameters ?? [:]) }
    switch name {
    case "progress":
      guard let id = parameters?["id"]?.integer, let fraction = parameters?["fraction"]?.number
      else { throw .malformed("of progress without id and fraction") }
      let message = parameters?["message"]?.string
      return .progress(id: id, RunProgress(fraction: fraction, message: message))
    case "log":
      guard let message = parameters?["message"]?.string else {
        throw .malformed("of log without a message")
      }
      return .log(message)
    default: return .unknown(method: name)
    }
  }

  private static func request(
    _ id: JSONValue, _ method: String, _ parameters: JSONValue
  ) throws(PluginMessageFault) -> Self {
    guard id.integer != nil || id.string != nil else {
      throw .malformed("that asks for \"\(method)\" with an id that is \(id.kind)")
    }
    return .request(id: id, method: method, parameters: parameters)
  }

  private static func response(_ members: JSONMembers) throws(PluginMessageFault) -> Self {
    guard let id = members["id"]?.integer else { throw .malformed("with neither method nor id") }
    switch (members.bytes(of: "result"), members["error"]) {
    case (let result?, nil): return .answer(id: id, result: Array(result))
    case (nil, let error?):
      guard let code = error["code"]?.integer, let message = error["message"]?.string else {
        throw .malformed("whose error has no code and message")
      }
      return .failure(id: id, code: code, message: message, data: error["data"])
    default: throw .malformed("that needs exactly one of result and error")
    }
  }
}

extension Refusal {
  /// The kind of the answer to what was given up.
  public static let cancelledKind = "run.cancelled"

  /// The refusal that a plugin's error object stands for.
  public init(code: Int64, message: String, data: JSONValue?) {
    let kind =
      switch code {
      case Wire.unknownMethodCode: "plugin.unknown-method"
      case Wire.invalidParametersCode: "plugin.invalid-parameters"
      case Wire.internalErrorCode: "plugin.internal-error"
      case Wire.cancelledCode: Self.cancelledKind
      default: "plugin.refused"
      }
    self.init(
      data?["kind"]?.string ?? kind, message, parameter: data?["parameter"]?.string,
      expected: data?["expected"]?.string)
    if let at = data?["at"], let offset = at["offset"]?.integer, let length = at["length"]?.integer,
      (0..<1 << 32).contains(offset), (0..<1 << 32).contains(length)
    {
      place = Int(offset)..<Int(offset + length)
    }
  }

  /// The `data` of the error object that carries the refusal.
  public var errorData: JSONValue {
    var object: JSONObject = ["kind": .string(kind)]
    object["parameter"] = parameter.map(JSONValue.string)
    object["expected"] = expected.map(JSONValue.string)
    object["at"] = place.map {
      ["offset": .integer(Int64($0.lowerBound)), "length": .integer(Int64($0.count))]
    }
    return .object(object)
  }
}
