public import JSON

/// The version of the plugin protocol that this module's messages belong to.
public let pluginProtocolVersion = 1

/// What the host asks of a plugin.
public enum PluginRequest: Sendable, Hashable {
  /// Always first; `features` are what the host offers beyond the first form of the protocol.
  case initialize(protocol: Int, features: [String])
  /// Asks an engine whether a declarative plugin's definition makes sense.
  case check(definition: JSONObject)
  case run(RunRequest)
  /// Joins the partial results of a sharded run.
  case merge(partials: [JSONValue])
  /// Asks for an exit once the current request is answered.
  case shutdown
}

/// One run of one analysis.
public struct RunRequest: Sendable, Codable, Hashable {
  public var analysis: String
  /// Every parameter, defaults filled in and checked against the manifest.
  public var parameters: JSONObjectBox
  public var dataset: DatasetFile?
  /// Data sets that parameters name, by the name of the parameter.
  public var datasets: [String: DatasetFile]?
  public var definition: JSONObjectBox?
  /// Definitions of declarative plugins that parameters name, by the name of the parameter.
  public var definitions: [String: JSONObjectBox]?
  /// Every installed definition of the kinds the manifest's analysis asks for, by the plugin's id.
  public var installed: [String: JSONObjectBox]?
  /// A string, because JSON numbers lose 64-bit integers.
  public var seed: String?
  public var shard: Shard?

  public init(
    analysis: String, parameters: JSONObject = [:], dataset: DatasetFile? = nil,
    datasets: [String: DatasetFile]? = nil, definition: JSONObjectBox? = nil,
    definitions: [String: JSONObjectBox]? = nil, installed: [String: JSONObjectBox]? = nil,
    seed: String? = nil, shard: Shard? = nil
  ) {
    self.analysis = analysis
    self.parameters = JSONObjectBox(parameters)
    self.dataset = dataset
    self.datasets = datasets
    self.definition = definition
    self.definitions = definitions
    self.installed = installed
    self.seed = seed
    self.shard = shard
  }

  /// The request as the host sends it, the same as its encoding but made in one step.
  public var json: JSONValue {
    var object: JSONObject = [
      "analysis": .string(analysis), "parameters": .object(parameters.object),
    ]
    object["dataset"] = dataset?.json
    object["datasets"] = datasets.map { datasets in
      var files = JSONObject()
      for (name, file) in datasets.sorted(by: { $0.key < $1.key }) { files[name] = file.json }
      return .object(files)
    }
    object["definition"] = definition.map { .object($0.object) }
    object["definitions"] = definitions.map(Self.json)
    object["installed"] = installed.map(Self.json)
    object["seed"] = seed.map(JSONValue.string)
    object["shard"] = shard.map { shard in
      ["first": .integer(Int64(shard.first)), "count": .integer(Int64(shard.count))]
    }
    return .object(object)
  }

  private static func json(_ definitions: [String: JSONObjectBox]) -> JSONValue {
    let sorted = definitions.sorted { $0.key < $1.key }
    return .object(JSONObject(sorted.map { ($0.key, .object($0.value.object)) }))
  }

  /// A data set as a plugin finds it: a file it may only read.
  public struct DatasetFile: Sendable, Codable, Hashable {
    public var name: String
    public var hash: String
    public var path: String

    public init(name: String, hash: String, path: String) {
      self.name = name
      self.hash = hash
      self.path = path
    }

    var json: JSONValue {
      ["name": .string(name), "hash": .string(hash), "path": .string(path)]
    }
  }

  /// A part of the replicates of a run.
  public struct Shard: Sendable, Codable, Hashable {
    public var first: Int
    public var count: Int

    public init(first: Int, count: Int) {
      self.first = first
      self.count = count
    }
  }
}

/// What a plugin says it is, in answer to `initialize`.
public struct PluginGreeting: Sendable, Codable, Hashable {
  public var `protocol`: Int
  public var id: String
  public var version: String

  public init(protocol: Int, id: String, version: String) {
    self.protocol = `protocol`
    self.id = id
    self.version = version
  }
}

/// How far a run has come.
public struct RunProgress: Sendable, Codable, Hashable {
  /// From 0 to 1, never falling.
  public var fraction: Double
  public var message: String?

  public init(fraction: Double, message: String? = nil) {
    self.fraction = fraction
    self.message = message
  }

  /// The parameters of a `progress` notification.
  public func parameters(id: JSONValue) -> JSONValue {
    var object: JSONObject = ["id": id, "fraction": JSONValue(fraction)]
    object["message"] = message.map(JSONValue.string)
    return .object(object)
  }
}

/// A plugin's own word that it will not compute what was asked: bad input, impossible data.
public struct Refusal: Error, Sendable, Codable, Hashable {
  /// A stable dotted name, such as `parameter.range`.
  public var kind: String
  public var message: String
  /// The parameter at fault, as the manifest names it.
  public var parameter: String?
  public var expected: String?
  /// Which part of the parameter's text is at fault, in Unicode scalars from its start.
  public var place: Range<Int>?

  public init(
    _ kind: String, _ message: String, parameter: String? = nil, expected: String? = nil,
    place: Range<Int>? = nil
  ) {
    self.kind = kind
    self.message = message
    self.parameter = parameter
    self.expected = expected
    self.place = place
  }
}

extension Refusal: CustomStringConvertible {
  public var description: String { message }
}

/// A fault in a declarative plugin's definition.
public struct Diagnostic: Sendable, Codable, Hashable {
  /// Where, as a dotted key path such as `definition.drugs.0.dose`.
  public var keyPath: String
  public var message: String

  public init(keyPath: String, message: String) {
    self.keyPath = keyPath
    self.message = message
  }
}
