import JSON
import PluginProtocol

extension Schema {
  /// The keys of `plugin.toml` are those of ``PluginManifest``, but for these.
  private static let renamed = [
    "analyses": "analysis", "parameters": "parameter", "datasetPrefix": "dataset_prefix",
    "definitionKind": "definition_kind", "definitionPrefix": "definition_prefix",
  ]

  /// What a file must say; the rest has defaults.
  private static let required: [JSONValue] = [
    "id", "version", "protocol", "summary", "name", "help", "type",
  ]

  static func manifestFile() throws -> JSONValue {
    var file = asWritten(try of(PluginManifest.self)).object ?? [:]
    file["oneOf"] = [
      ["required": ["run"]], ["required": ["engine", "definition"]],
    ]
    return .object(file)
  }

  /// A schema of a type as the schema of a table: keys as they are written, defaults left out.
  private static func asWritten(_ schema: JSONValue) -> JSONValue {
    guard var object = schema.object else { return schema }
    if let items = object["items"] { object["items"] = asWritten(items) }
    guard let properties = object["properties"]?.object else { return .object(object) }
    object["properties"] = .object(
      JSONObject(properties.members.map { (renamed[$0.key] ?? $0.key, asWritten($0.value)) }))
    let needed = (object["required"]?.array ?? []).filter(required.contains)
    object["required"] = .array(needed)
    object["additionalProperties"] = false
    return .object(object)
  }
}
