public import JSON

/// JSON-RPC 2.0 as both sides of the plugin protocol write it, one object a line.
public enum Wire {
  /// A line holds at most this many bytes unless the settings say otherwise.
  public static let maximumLineBytes = 64 << 20

  /// A plugin's refusal; its details are in `data`.
  public static let refusalCode: Int64 = -32001
  /// The request was cancelled; it is answered all the same.
  public static let cancelledCode: Int64 = -32800
  public static let parseErrorCode: Int64 = -32700
  public static let invalidRequestCode: Int64 = -32600
  public static let unknownMethodCode: Int64 = -32601
  public static let invalidParametersCode: Int64 = -32602
  public static let internalErrorCode: Int64 = -32603

  public static func request(id: Int64, method: String, parameters: JSONValue) -> JSONValue {
    ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": parameters]
  }

  public static func notification(method: String, parameters: JSONValue) -> JSONValue {
    ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
  }

  public static func answer(id: JSONValue, result: JSONValue) -> JSONValue {
    ["jsonrpc": "2.0", "id": id, "result": result]
  }

  public static func failure(
    id: JSONValue, code: Int64, message: String, data: JSONValue? = nil
  ) -> JSONValue {
    var error: JSONObject = ["code": .integer(code), "message": .string(message)]
    error["data"] = data
    return ["jsonrpc": "2.0", "id": id, "error": .object(error)]
  }

  /// The line the host sends for a request.
  public static func line(_ request: PluginRequest, id: Int64) throws -> JSONValue {
    switch request {
    case .initialize(let version, let features):
      return initialization(id: id, protocol: version, features: features)
    case .check(let definition):
      return Self.request(id: id, method: "check", parameters: ["definition": .object(definition)])
    case .run(let run):
      return Self.request(id: id, method: "run", parameters: try JSONValue(encoding: run))
    case .merge(let partials):
      return Self.request(id: id, method: "merge", parameters: ["partials": .array(partials)])
    case .shutdown:
      return Self.request(id: id, method: "shutdown", parameters: [:])
    }
  }

  /// The first line the host sends; a host without features does not mention them.
  public static func initialization(
    id: Int64, protocol version: Int = pluginProtocolVersion,
    features: [String] = PluginFeature.allCases.map(\.rawValue)
  ) -> JSONValue {
    var parameters: JSONObject = ["protocol": .integer(Int64(version))]
    if !features.isEmpty { parameters["features"] = .array(features.map(JSONValue.string)) }
    return request(id: id, method: "initialize", parameters: .object(parameters))
  }

  /// The notification that asks a plugin to give up a request.
  public static func cancellation(of id: Int64) -> JSONValue {
    notification(method: "cancel", parameters: ["id": .integer(id)])
  }

  /// A decoding error in the words of a message: where, and what was expected.
  public static func words(for error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(_, let context), DecodingError.typeMismatch(_, let context),
      DecodingError.valueNotFound(_, let context), DecodingError.dataCorrupted(let context):
      (context.codingPath.map(\.stringValue) + [context.debugDescription]).joined(separator: ": ")
    default: "\(error)"
    }
  }
}
