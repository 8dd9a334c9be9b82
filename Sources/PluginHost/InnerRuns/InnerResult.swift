import JSON
import PluginProtocol

/// The result of an inner run as the outer one gets it.
enum InnerResult {
  /// What the plugin answered, byte for byte, but for what the host knows better: who computed it,
  /// from which data and with which parameters.
  ///
  /// Nil where it is no result of the analysis.
  static func document(_ result: [UInt8], of inner: InnerRun) -> [UInt8]? {
    guard let members = try? JSONMembers(parsing: result),
      members["analysis"]?.string == inner.request.analysis
    else { return nil }
    let own = own(inner)
    var bytes = JSONValue.object(own).bytes
    bytes.removeLast()
    for key in members.keys where own[key] == nil && key != "run" {
      guard let value = members.bytes(of: key) else { continue }
      bytes.append(UInt8(ascii: ","))
      bytes.append(contentsOf: JSONValue.string(key).bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes.append(contentsOf: value)
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private static func own(_ inner: InnerRun) -> JSONObject {
    let manifest = inner.plugin.manifest
    var own: JSONObject = [
      "analysis": .string(inner.request.analysis),
      "plugin": ["id": .string(manifest.id), "version": .string(manifest.version)],
      "parameters": .object(inner.request.parameters.object),
    ]
    own["dataset"] = inner.request.dataset.map { data in
      ["name": .string(data.name), "hash": .string(data.hash)]
    }
    own["seed"] = inner.request.seed.map(JSONValue.string)
    return own
  }
}
