package import JSON
import PluginProtocol

/// The JSON Schemas of everything that crosses a border of Doublet.
package enum Schema: String, Sendable, CaseIterable {
  /// What host and plugin say to each other, version 1.
  case plugin
  /// What a client may send the daemon, and what comes back.
  case client
  /// A result document.
  case result
  /// `plugin.toml`, as JSON has it.
  case manifest

  /// The schema, draft 2020-12.
  ///
  /// - Throws: A fault of the types it is made from.
  package func json() throws -> JSONValue {
    let body: JSONValue =
      switch self {
      case .plugin: try Self.pluginMessages()
      case .client: try Self.clientMessages()
      case .result: try Self.of(ResultDocument.self)
      case .manifest: try Self.manifestFile()
      }
    var object: JSONObject = [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string(title),
    ]
    for (key, value) in body.object?.members ?? [] { object[key] = value }
    object["$defs"] = ["number": Self.number]
    return .object(object)
  }

  private var title: String {
    switch self {
    case .plugin: "A line between host and plugin, protocol \(pluginProtocolVersion)"
    case .client: "A line between client and daemon"
    case .result: "A result document"
    case .manifest: "plugin.toml"
    }
  }

  /// Numbers that are not finite travel as strings, because JSON has none.
  private static let number: JSONValue = [
    "anyOf": [["type": "number"], ["enum": ["NaN", "Inf", "-Inf"]]]
  ]

  static func of(_ type: (some Decodable).Type) throws -> JSONValue {
    try SchemaDecoder.describe(type).schema
  }

  static func object(
    _ properties: JSONObject, required: [JSONValue]? = nil
  ) -> JSONValue {
    [
      "type": "object", "properties": .object(properties),
      "required": .array(required ?? properties.keys.map(JSONValue.string)),
    ]
  }
}
