import JSON
import PluginProtocol

extension Schema {
  static func pluginMessages() throws -> JSONValue {
    [
      "anyOf": .array(
        try hostRequests() + [
          notification("cancel", ["id": id]),
          notification(
            "progress", ["id": id, "fraction": unit, "message": text], optional: "message"),
          notification("log", ["id": id, "message": text], optional: "id"),
          request(PluginFeature.hostRun.rawValue, schema: try of(HostRunRequest.self), id: ownID),
          object(["jsonrpc": version, "id": id, "result": try results()]),
          refusal(kinds: text),
        ])
    ]
  }

  private static func hostRequests() throws -> [JSONValue] {
    [
      request("initialize", schema: initialization),
      request("check", ["definition": ["type": "object"]]),
      request("run", schema: try of(RunRequest.self)),
      request("merge", ["partials": ["type": "array"]]), request("shutdown", [:]),
    ]
  }

  private static let initialization = object(
    [
      "protocol": ["const": .integer(Int64(pluginProtocolVersion))],
      "features": [
        "type": "array",
        "items": ["enum": .array(PluginFeature.allCases.map { .string($0.rawValue) })],
      ],
    ], required: ["protocol"])

  /// What is answered to `initialize`, `run` and `merge`, `check`, a shard, and `shutdown`.
  private static func results() throws -> JSONValue {
    [
      "anyOf": [
        try of(PluginGreeting.self), try of(ResultDocument.self), try of([Diagnostic].self), [:],
      ]
    ]
  }

  /// A plugin's refusal, or the daemon's.
  static func refusal(kinds: JSONValue) -> JSONValue {
    let place = object(["offset": ["type": "integer"], "length": ["type": "integer"]])
    let data = object(
      ["kind": kinds, "parameter": text, "expected": text, "at": place], required: ["kind"])
    let error = object(
      ["code": ["type": "integer"], "message": text, "data": data], required: ["code", "message"])
    return object([
      "jsonrpc": version, "id": ["type": ["integer", "string", "null"]], "error": error,
    ])
  }

  static let version: JSONValue = ["const": "2.0"]
  static let text: JSONValue = ["type": "string"]
  private static let id: JSONValue = ["type": "integer"]
  /// The id of a request of the plugin's own.
  private static let ownID: JSONValue = ["type": ["integer", "string"]]
  private static let unit: JSONValue = ["type": "number", "minimum": 0, "maximum": 1]

  private static func request(_ method: String, _ parameters: JSONObject) -> JSONValue {
    request(method, schema: object(parameters))
  }

  private static func request(
    _ method: String, schema: JSONValue, id: JSONValue = id
  ) -> JSONValue {
    object([
      "jsonrpc": version, "id": id, "method": ["const": .string(method)], "params": schema,
    ])
  }

  private static func notification(
    _ method: String, _ parameters: JSONObject, optional: String? = nil
  ) -> JSONValue {
    let required = parameters.keys.filter { $0 != optional }.map(JSONValue.string)
    return object([
      "jsonrpc": version, "method": ["const": .string(method)],
      "params": object(parameters, required: required),
    ])
  }
}
