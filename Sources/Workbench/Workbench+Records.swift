import ClientProtocol
import JSON
import PluginProtocol
import Store

// What the store knows of runs, as clients get it.
extension Workbench {
  func record(_ id: RunID, at range: Range<Int>? = nil) throws(CommandFailure) -> RunRecord {
    do {
      if let record = try store.run(id) { return record }
    } catch {
      throw CommandFailure(error)
    }
    throw .unknownRun(id.description, at: range)
  }

  func finishedRun(_ id: RunID, at range: Range<Int>?) throws(CommandFailure) -> RunRecord {
    let record = try record(id, at: range)
    guard record.state == .done, record.result != nil else {
      throw CommandFailure(
        .unknownRun, "run \(id) has no result: it is \(record.state.rawValue)", at: range,
        expected: "a run that is done")
    }
    return record
  }

  /// The result of a run as it was first answered, or the failure it ended with.
  func result(of id: RunID) throws(CommandFailure) -> [UInt8] {
    let record = try record(id)
    if let result = record.result {
      return ResultSplice.answer(
        result.utf8, run: id.description, stored: true, seconds: record.seconds)
    }
    if let failure = registry.unclosed[id] { throw failure }
    if let text = record.error, let json = try? JSONValue(parsing: text),
      var failure = CommandFailure(json: json)
    {
      // It points at a word of the line that asked for the run, not of this one.
      failure.range = nil
      throw failure
    }
    throw CommandFailure(
      .unknownRun, "run \(id) has no result: it is \(record.state.rawValue)",
      expected: "a run that is done", run: id.description)
  }

  /// The answer of `run.get`: how the run stands, with its result or error as kept.
  func state(of id: RunID) throws(CommandFailure) -> [UInt8] {
    let record = try record(id)
    if !record.state.isFinal, registry[id] == nil, let failure = registry.unclosed[id] {
      throw failure
    }
    var bytes = Self.summary(record).bytes
    if let result = record.result {
      bytes.removeLast()
      bytes.append(contentsOf: ",\"result\":".utf8)
      bytes.append(
        contentsOf: ResultSplice.answer(
          result.utf8, run: id.description, stored: true, seconds: record.seconds))
      bytes.append(UInt8(ascii: "}"))
    } else if let error = record.error {
      bytes.removeLast()
      bytes.append(contentsOf: ",\"error\":".utf8)
      bytes.append(contentsOf: error.utf8)
      bytes.append(UInt8(ascii: "}"))
    }
    return bytes
  }

  func records(
    limit: Int, before: RunID? = nil, state: RunState? = nil
  ) throws(CommandFailure) -> [RunRecord] {
    do {
      return try store.runs(limit: limit, before: before, state: state)
    } catch {
      throw CommandFailure(error)
    }
  }

  func runs(
    limit: Int, before: RunID?, state: RunState?
  ) throws(CommandFailure) -> [JSONValue] {
    try records(limit: limit, before: before, state: state).map(Self.summary)
  }

  private static func summary(_ record: RunRecord) -> JSONValue {
    let request = record.request
    var summary: JSONObject = [
      "run": .string(record.id.description), "state": .string(record.state.rawValue),
      "analysis": .string(request.analysis), "command": .string(request.command),
      "user": .string(request.caller.user), "uid": .integer(Int64(request.caller.uid)),
      "plugin": [
        "id": .string(request.pluginID), "version": .string(request.pluginVersion),
        "hash": .string(request.pluginHash),
      ],
    ]
    summary["datasetHash"] = request.datasetHash.map(JSONValue.string)
    summary["secondDataset"] = request.secondDataset.map { second in
      [
        "parameter": .string(second.parameter), "name": .string(second.name),
        "hash": .string(second.hash),
      ]
    }
    summary["seed"] = request.seed.map(JSONValue.string)
    summary["createdAt"] = .string(record.createdAt.description)
    summary["startedAt"] = record.startedAt.map { .string($0.description) }
    summary["endedAt"] = record.endedAt.map { .string($0.description) }
    summary["durationSeconds"] = record.seconds.map { JSONValue($0) }
    return .object(summary)
  }

  func cancel(
    _ id: RunID, by caller: Caller, at range: Range<Int>? = nil
  ) throws(CommandFailure) {
    guard let active = registry[id] else {
      let record = try record(id, at: range)
      throw CommandFailure(
        .unknownRun, "run \(id) is not under way: it is \(record.state.rawValue)", at: range,
        expected: "a run that has not ended", run: id.description)
    }
    guard active.uid == caller.uid || caller.uid == 0 else {
      throw CommandFailure(
        .unknownRun, "run \(id) is another user's", at: range, expected: "a run of your own",
        run: id.description)
    }
    active.end(.cancelled)
  }
}
