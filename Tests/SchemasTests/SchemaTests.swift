import Foundation
import JSON
import PluginHost
import PluginProtocol
import Testing

@testable import Schemas

/// The schemas say what the types read, and every manifest of the repository fits its schema.
struct SchemaTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func aResultIsDescribedFromItsType() throws {
    let schema = try Schema.result.json()
    #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    let estimate = schema["properties"]?["estimates"]?["items"]
    #expect(estimate?["required"] == ["name", "label"])
    #expect(estimate?["properties"]?["value"] == ["$ref": "#/$defs/number"])
    #expect(
      schema["properties"]?["notes"]?["items"]?["properties"]?["severity"]
        == ["enum": ["info", "caution", "warning"]])
    #expect(
      schema["properties"]?["tables"]?["items"]?["properties"]?["rows"]
        == ["type": "array", "items": ["type": "array", "items": [:]]])
    #expect(schema["required"]?.array?.contains("seed") == false)
  }

  /// Whatever the schema calls required is missed by the type, and nothing else is.
  @Test func requiredMembersAreThoseTheTypeMisses() throws {
    let whole = JSONObject(
      try #require(Schema.result.json()["properties"]?.object).keys.compactMap { key in
        Self.least[key].map { (key, $0) }
      })
    _ = try ResultDocument(json: .object(whole))
    let required = try #require(Schema.result.json()["required"]?.array).compactMap(\.string)
    #expect(Set(required) == Set(Self.least.keys))
    for key in required {
      let rest = JSONObject(whole.members.filter { $0.key != key }.map { ($0.key, $0.value) })
      #expect(throws: (any Error).self) { try ResultDocument(json: .object(rest)) }
    }
  }

  private static let least: [String: JSONValue] = [
    "analysis": "a", "parameters": [:], "estimates": [], "tests": [], "tables": [], "figures": [],
    "methods": [], "notes": [], "citations": [],
  ]

  @Test func everyManifestFitsItsSchema() throws {
    let schema = try Schema.manifest.json()
    for folder in ["Plugins", "config/examples/plugins", "config/kits/templates"] {
      let root = Self.repository.appending(path: folder).path
      for name in try FileManager.default.contentsOfDirectory(atPath: root) {
        guard
          let text = try? String(
            contentsOfFile: "\(root)/\(name)/plugin.toml", encoding: .utf8),
          let toml = try? TOMLFile(
            text: text.replacing("@NAME@", with: "name"), name: name, maximumBytes: 1 << 20)
        else { continue }
        #expect(Self.faults(of: .object(toml.object), schema, name) == [])
      }
    }
  }

  /// What of a value the schema does not allow; only what manifests use of JSON Schema.
  private static func faults(of value: JSONValue, _ schema: JSONValue, _ place: String) -> [String]
  {
    let keys = value.object?.keys ?? []
    let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter {
      !keys.contains($0)
    }
    var faults = value.object == nil ? [] : missing.map { "\(place) lacks \($0)" }
    if let names = schema["enum"]?.array, !names.contains(value) {
      faults.append("\(place) is \(value.text)")
    }
    for (key, member) in value.object?.members ?? [] {
      if let property = schema["properties"]?[key] {
        faults += Self.faults(of: member, property, "\(place).\(key)")
      } else if schema["additionalProperties"] == false {
        faults.append("\(place) has \(key)")
      }
    }
    guard let items = schema["items"] else { return faults }
    return faults + (value.array ?? []).flatMap { Self.faults(of: $0, items, place) }
  }

  @Test func everySchemaNamesWhatItDescribes() throws {
    let titles = try Schema.allCases.map { try $0.json()["title"]?.string }
    #expect(
      titles == [
        "A line between host and plugin, protocol 1", "A line between client and daemon",
        "A result document", "plugin.toml",
      ])
    let methods = try #require(Schema.plugin.json()["anyOf"]?.array).compactMap {
      $0["properties"]?["method"]?["const"]?.string
    }
    #expect(
      methods == [
        "initialize", "check", "run", "merge", "shutdown", "cancel", "progress", "log",
        "host.run",
      ])
  }
}
