import ClientProtocol
import Store

/// A run as a line names it: by its number, or as the last one.
///
/// The last one is that which the session was answered last, and in a session that was answered none
/// the last of all that is done.
struct NamedRun: Sendable {
  /// Nil for the last of all.
  let id: RunID?
  let range: Range<Int>?

  init(_ word: CommandLine.Token, last: RunID?) throws(CommandFailure) {
    range = word.range
    guard word.text != "last" else {
      id = last
      return
    }
    guard let id = RunID(word.text) else {
      throw CommandFailure(
        .unknownRun, "there is no run \(word.text.commandToken)", at: word.range,
        expected: "the number of a run, or last; runs lists them")
    }
    self.id = id
  }

  init(last: RunID?) {
    id = last
    range = nil
  }
}

extension Workbench {
  /// The run a line names, with its result.
  func finishedRun(_ run: NamedRun) throws(CommandFailure) -> RunRecord {
    if let id = run.id { return try finishedRun(id, at: run.range) }
    guard let last = try records(limit: 1, state: .done).first else {
      throw CommandFailure(
        .unknownRun, "no run is done yet", at: run.range, expected: "a run that is done")
    }
    // A list leaves the results out.
    return try finishedRun(last.id, at: run.range)
  }
}
