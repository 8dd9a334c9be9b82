import ClientProtocol
import JSON
import PluginProtocol

extension Schema {
  static func clientMessages() throws -> JSONValue {
    let kinds = CommandFailure.Kind.allCases.map { JSONValue.string($0.rawValue) }
    return [
      "anyOf": .array(
        ClientMethod.allCases.map(request) + [
          object([
            "jsonrpc": version, "id": anyID,
            "result": ["anyOf": [try of(ResultDocument.self), try of(CatalogDocument.self), [:]]],
          ]),
          refusal(kinds: ["enum": .array(kinds)]),
          progress,
        ])
    ]
  }

  private static let anyID: JSONValue = ["type": ["string", "number", "null"]]
  private static let runID: JSONValue = ["type": ["string", "integer"]]
  private static let format: JSONValue = [
    "enum": .array(OutputFormat.allCases.map { .string($0.rawValue) })
  ]
  private static let analysis: JSONObject = [
    "analysis": text, "dataset": text, "parameters": ["type": "object"], "seed": text,
    "fresh": ["type": "boolean"], "plan": text,
  ]

  private static var progress: JSONValue {
    let unit: JSONValue = ["type": "number", "minimum": 0, "maximum": 1]
    let parameters = object(
      ["id": anyID, "fraction": unit, "message": text, "run": text], required: ["fraction"])
    return object(["jsonrpc": version, "method": ["const": "progress"], "params": parameters])
  }

  private static func request(_ method: ClientMethod) -> JSONValue {
    let (parameters, required) = parameters(of: method)
    var all = parameters
    all["progress"] = ["type": "boolean"]
    return object(
      [
        "jsonrpc": version, "id": anyID, "method": ["const": .string(method.rawValue)],
        "params": object(all, required: required), "v": ["const": 1],
      ], required: ["jsonrpc", "method"])
  }

  private static func parameters(of method: ClientMethod) -> (JSONObject, [JSONValue]) {
    switch method {
    case .command: (["line": text, "cwd": text, "format": format], ["line"])
    case .analysisRun: (with("format", format), ["analysis"])
    case .runSubmit: (with("line", text), [])
    case .runGet: (["run": runID], ["run"])
    case .runWait: (["run": runID, "timeoutSeconds": ["type": "number"]], ["run"])
    case .runList: (["limit": ["type": "integer"], "before": runID, "state": text], [])
    case .runCancel: (["run": runID, "request": anyID], [])
    case .catalog, .ping, .daemonInfo: ([:], [])
    }
  }

  private static func with(_ name: String, _ schema: JSONValue) -> JSONObject {
    var parameters = analysis
    parameters[name] = schema
    return parameters
  }
}
