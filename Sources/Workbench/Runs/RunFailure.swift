import ClientProtocol
import Store

/// How a run ended that gave no result.
struct RunFailure: Error, Sendable, Hashable {
  var state: RunState
  var failure: CommandFailure
  /// The part of the parameter's text at fault, as the plugin counts it.
  var place: Range<Int>?

  init(_ failure: CommandFailure, state: RunState = .failed) {
    self.state = state
    self.failure = failure
  }

  /// It was made to end before it could answer.
  static func ended(_ ending: ActiveRun.Ending?) -> Self {
    switch ending {
    case .interrupted:
      Self(
        CommandFailure(.stopping, "doubletd stopped before the run ended"), state: .interrupted)
    case .cancelled, nil:
      Self(CommandFailure(.cancelled, "the run was cancelled"), state: .cancelled)
    }
  }

  func outcome(error: String) -> RunOutcome {
    switch state {
    case .refused: .refused(error: error)
    case .cancelled: .cancelled(error: error)
    case .interrupted: .interrupted(error: error)
    case .failed, .queued, .running, .done: .failed(error: error)
    }
  }
}
