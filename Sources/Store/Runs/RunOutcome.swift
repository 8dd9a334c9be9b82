/// How a run ended.
///
/// Results and errors are the JSON texts the daemon answers with; the store does not look inside.
package enum RunOutcome: Sendable, Hashable {
  case done(result: String)
  case failed(error: String)
  case refused(error: String)
  case cancelled(error: String?)
  case interrupted(error: String?)

  package var state: RunState {
    switch self {
    case .done: .done
    case .failed: .failed
    case .refused: .refused
    case .cancelled: .cancelled
    case .interrupted: .interrupted
    }
  }

  package var result: String? {
    if case .done(let result) = self { result } else { nil }
  }

  package var error: String? {
    switch self {
    case .done: nil
    case .failed(let error), .refused(let error): error
    case .cancelled(let error), .interrupted(let error): error
    }
  }
}
