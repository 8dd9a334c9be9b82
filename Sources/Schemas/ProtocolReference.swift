import JSON
import PluginProtocol

/// The reference of the plugin protocol as a page of the documentation, made from the types.
package struct ProtocolReference {
  private static let preamble = """
    # The plugin protocol

    Every message, field, error code and limit of version \(pluginProtocolVersion).

    This page is made from the Swift types; a test fails where it differs from them. `doublet schema
    plugin` prints the same as JSON Schema.

    A plugin reads file descriptor 3 and writes descriptor 4 (standard input and output when 3 is no
    pipe): JSON-RPC 2.0, one object a line, UTF-8, at most \(Wire.maximumLineBytes >> 20) MiB a line. What it
    prints is the log of its run. It answers every request once, also a cancelled one, one request
    at a time, and exits when descriptor 3 closes. Notifications it does not know it ignores. While it
    serves a run it may have the host run another analysis, where `features` of `initialize` names
    `host.run`: the host answers with a result document or an error object, once, in any order with
    what else it says; what was asked for is given up with the run. Numbers
    that are not finite travel as the strings "NaN", "Inf" and "-Inf", what is missing as null, seeds
    and counters of 64 bits as strings. Version 1 grows by named features only.
    """

  private static let codes: [(Int64, String)] = [
    (Wire.refusalCode, "a refusal: bad input, impossible data; `data` says which parameter"),
    (Wire.cancelledCode, "the request was cancelled"),
    (Wire.parseErrorCode, "the line is not JSON"),
    (Wire.invalidRequestCode, "the line is no request"),
    (Wire.unknownMethodCode, "there is no such method"),
    (Wire.invalidParametersCode, "the parameters are not those of the method"),
    (Wire.internalErrorCode, "the plugin is at fault"),
  ]

  /// The page.
  ///
  /// - Throws: A fault of the types it is made from.
  package static func page() throws -> String {
    let messages = try Schema.plugin.json()["anyOf"]?.array ?? []
    var parts = [preamble, "## What the host says"]
    let (host, plugin) = (messages.filter(isFromHost), messages.filter { !isFromHost($0) })
    parts += host.compactMap(section)
    parts.append("## What the plugin says")
    parts += plugin.compactMap(section)
    parts.append(
      "## Results\n\nWhat `initialize`, `run`, `check` and `host.run` are answered with.")
    parts += [
      try table("PluginGreeting, to initialize", Schema.of(PluginGreeting.self)),
      try table("ResultDocument, to run, merge and host.run", Schema.of(ResultDocument.self)),
      try table("Diagnostic, of which check is answered a list", Schema.of(Diagnostic.self)),
    ]
    parts.append("## Error codes\n\n| Code | Meaning |\n|---|---|\n" + codeRows)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static var codeRows: String {
    codes.map { "| \($0) | \($1) |" }.joined(separator: "\n")
  }

  private static func isFromHost(_ message: JSONValue) -> Bool {
    let method = message["properties"]?["method"]?["const"]?.string
    return method.map { !["progress", "log", "host.run"].contains($0) } ?? false
  }

  private static func section(_ message: JSONValue) -> String? {
    let properties = message["properties"]
    if let error = properties?["error"] { return table("A refusal, under error", error) }
    guard let method = properties?["method"]?["const"]?.string else { return nil }
    let kind = properties?["id"] == nil ? "a notification" : "a request"
    return table("\(method), \(kind)", properties?["params"] ?? [:])
  }

  private static func table(_ title: String, _ schema: JSONValue) -> String {
    let rows = rows(schema, below: "")
    guard !rows.isEmpty else { return "### \(title)\n\nWithout parameters." }
    return "### \(title)\n\n| Field | Kind | Must be there |\n|---|---|---|\n"
      + rows.joined(separator: "\n")
  }

  private static func rows(_ schema: JSONValue, below prefix: String) -> [String] {
    let required = schema["required"]?.array ?? []
    return (schema["properties"]?.object?.members ?? []).flatMap { name, member -> [String] in
      let path = prefix + name
      let need = required.contains(.string(name)) ? "yes" : "no"
      let inner = inner(member)
      return ["| `\(path)` | \(kind(member)) | \(need) |"]
        + rows(inner.schema, below: path + inner.suffix)
    }
  }

  /// What a member holds that has members of its own.
  private static func inner(_ schema: JSONValue) -> (schema: JSONValue, suffix: String) {
    if let items = schema["items"] {
      let nested = inner(items)
      return (nested.schema, "[]" + nested.suffix)
    }
    if let values = schema["additionalProperties"], values.object != nil {
      return (values, ".NAME.")
    }
    return (schema, ".")
  }

  private static func kind(_ schema: JSONValue) -> String {
    if let values = schema["enum"]?.array {
      return "one of " + values.compactMap(\.string).map { "`\($0)`" }.joined(separator: " ")
    }
    if let value = schema["const"] { return "`\(value.text)`" }
    if schema["$ref"] != nil { return "number" }
    if let items = schema["items"] { return "list of " + kind(items) }
    switch schema["type"]?.string {
    case "string": return "text"
    case "integer": return "whole number"
    case "array": return "list"
    case let name?: return name
    case nil: return "any value"
    }
  }
}
