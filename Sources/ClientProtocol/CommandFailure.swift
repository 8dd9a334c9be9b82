package import JSON
import PluginProtocol

/// Why a request was not carried out, as clients get it.
package struct CommandFailure: Error, Sendable, Hashable {
  /// What went wrong, as a stable dotted name for programs.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case malformed = "request.malformed"
    case unknownMethod = "method.unknown"
    case invalidRequest = "request.invalid"
    case syntax = "command.syntax"
    case unknownCommand = "command.unknown"
    case usage = "command.usage"
    case unknownParameter = "parameter.unknown"
    case missingParameter = "parameter.missing"
    case invalidParameter = "parameter.value"
    case unknownDataset = "dataset.unknown"
    case datasetInUse = "dataset.in-use"
    case datasetExists = "dataset.exists"
    case unknownPlan = "plan.unknown"
    case planExists = "plan.exists"
    case planInvalid = "plan.invalid"
    case unknownRun = "run.unknown"
    case unknownFigure = "figure.unknown"
    case figureFailed = "figure.failed"
    case cancelled = "run.cancelled"
    case refused = "plugin.refused"
    case pluginFailed = "plugin.failed"
    case pluginHeldBack = "plugin.held-back"
    case deadline = "plugin.deadline"
    case pluginCheckFailed = "plugin.check-failed"
    case importFailed = "import.failed"
    case exportFailed = "export.failed"
    case file = "file.unusable"
    case store = "store.failed"
    case audit = "audit.broken"
    case differs = "rerun.differs"
    case selfCheckFailed = "selfcheck.failed"
    case limit = "limit.exceeded"
    case stopping = "daemon.stopping"
    case `internal` = "internal"
  }

  package var kind: Kind
  package var message: String
  /// A plugin's own dotted name for why it refused, such as `parameter.range`.
  package var reason: String?
  /// The offending part of the command line, in Unicode scalars from its start.
  package var range: Range<Int>?
  package var parameter: String?
  package var expected: String?
  package var nearest: String?
  /// The run that failed, where one was recorded.
  package var run: String?
  /// Single problems, where there are several: the lines of a file that was refused.
  package var problems: [String]

  package init(
    _ kind: Kind, _ message: String, at range: Range<Int>? = nil, parameter: String? = nil,
    expected: String? = nil, nearest: String? = nil, run: String? = nil, problems: [String] = []
  ) {
    self.kind = kind
    self.message = message
    self.range = range
    self.parameter = parameter
    self.expected = expected
    self.nearest = nearest
    self.run = run
    self.problems = problems
  }
}

extension CommandFailure {
  /// JSON-RPC's class of error.
  package var code: Int64 {
    switch kind {
    case .malformed: Wire.parseErrorCode
    case .invalidRequest: Wire.invalidRequestCode
    case .unknownMethod: Wire.unknownMethodCode
    case .syntax, .unknownCommand, .usage, .unknownParameter, .missingParameter, .invalidParameter,
      .unknownDataset, .unknownPlan, .unknownRun, .unknownFigure:
      Wire.invalidParametersCode
    case .refused: Wire.refusalCode
    case .cancelled: Wire.cancelledCode
    case .internal: Wire.internalErrorCode
    case .datasetInUse, .datasetExists, .planExists, .planInvalid, .importFailed, .exportFailed,
      .file:
      -32002
    case .pluginFailed, .pluginHeldBack, .deadline, .figureFailed: -32003
    case .store, .audit, .differs, .selfCheckFailed, .pluginCheckFailed: -32004
    case .limit, .stopping: -32005
    }
  }

  /// The JSON-RPC error object.
  package var json: JSONValue {
    var data: JSONObject = ["kind": .string(kind.rawValue)]
    data["reason"] = reason.map(JSONValue.string)
    if let range {
      data["at"] = [
        "offset": .integer(Int64(range.lowerBound)), "length": .integer(Int64(range.count)),
      ]
    }
    data["parameter"] = parameter.map(JSONValue.string)
    data["expected"] = expected.map(JSONValue.string)
    data["nearest"] = nearest.map(JSONValue.string)
    data["run"] = run.map(JSONValue.string)
    if !problems.isEmpty { data["problems"] = .array(problems.map(JSONValue.string)) }
    return ["code": .integer(code), "message": .string(message), "data": .object(data)]
  }

  /// Reads an error object back; nil when it is none of ours.
  package init?(json: JSONValue) {
    guard let message = json["message"]?.string else { return nil }
    let data = json["data"]
    self.init(
      data?["kind"]?.string.flatMap(Kind.init) ?? .internal, message,
      parameter: data?["parameter"]?.string, expected: data?["expected"]?.string,
      nearest: data?["nearest"]?.string, run: data?["run"]?.string,
      problems: data?["problems"]?.array?.compactMap(\.string) ?? [])
    reason = data?["reason"]?.string
    if let offset = data?["at"]?["offset"]?.integer, let length = data?["at"]?["length"]?.integer,
      offset >= 0, length >= 0, offset < 1 << 32, length < 1 << 32
    {
      range = Int(offset)..<Int(offset + length)
    }
  }
}
