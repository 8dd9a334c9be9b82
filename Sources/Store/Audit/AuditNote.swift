/// Something to keep in the audit trail that is not a change of runs or data sets.
package enum AuditNote: Sendable, Hashable {
  /// A plan that is kept elsewhere; ``Store/register(_:by:)`` keeps one here.
  case plan(name: String, sha256: String)
  case setting(key: String, value: String)
  case event(name: String, detail: String)

  var action: AuditAction {
    switch self {
    case .plan: .plan
    case .setting: .setting
    case .event: .event
    }
  }

  var subject: String {
    switch self {
    case .plan(let name, _), .setting(let name, _), .event(let name, _): name
    }
  }

  var detail: String {
    switch self {
    case .plan(_, let detail), .setting(_, let detail), .event(_, let detail): detail
    }
  }
}
