import PluginProtocol
import Statistics

/// The trials behind a list of controls: one row of each, its other analyses aside.
struct ControlTrials: Sendable {
  struct Trial: Sendable {
    let name: String
    /// The row that stands for the trial.
    let chosen: Control
    let count: ResponseCount
    /// The trial's other analyses in the list.
    var alternatives: [Control] = []
  }

  private(set) var trials: [Trial] = []
  /// The trial's own control arm.
  private(set) var concurrent: (label: String, count: ResponseCount)?
  /// Controls that cannot be pooled, because no count gives their rate.
  private(set) var leftOut: [PublishedControl] = []

  static let rule =
    "one analysis of each trial: independent review before the investigator's, checked figures"
    + " before unchecked ones, then the one with more patients"

  /// - Throws: `Refusal` where a control has no count to borrow.
  init(_ controls: [Control]) throws(Refusal) {
    var rows: [String: [Control]] = [:]
    var order: [String] = []
    for control in controls {
      guard let count = control.count else {
        throw Refusal(
          "parameter.combination",
          "borrow= needs controls given as counts; \(control.label) is a rate taken as known",
          parameter: "borrow")
      }
      if case .arm(let name, _) = control {
        concurrent = (name, count)
        continue
      }
      if case .published(let published) = control, published.isStandIn {
        leftOut.append(published)
        continue
      }
      let known = Self.known(control)
      let key = Self.trial(known)
      if rows[key] == nil { order.append(key) }
      if rows[key]?.contains(known) != true { rows[key, default: []].append(known) }
    }
    trials = order.compactMap { name in
      let sorted = (rows[name] ?? []).sorted { Self.rank($0) > Self.rank($1) }
      guard let chosen = sorted.first, let count = chosen.count else { return nil }
      return Trial(
        name: name, chosen: chosen, count: count, alternatives: Array(sorted.dropFirst()))
    }
  }

  var counts: [ResponseCount] { trials.map(\.count) }

  /// The published arm a bare count is one of.
  private static func known(_ control: Control) -> Control {
    guard case .counts(let count) = control else { return control }
    return PublishedControl.all.first {
      !$0.isStandIn && $0.responders == count.responders && $0.patients == count.patients
    }.map(Control.published) ?? control
  }

  private static func trial(_ control: Control) -> String {
    switch control {
    case .published(let published): published.trial
    case .counts(let count) where count.responders == 61 && count.patients == 243: "E2100"
    case .rate, .counts, .arm: control.label
    }
  }

  /// Larger for the row to prefer.
  private static func rank(_ control: Control) -> (Int, Int, Int) {
    guard case .published(let published) = control else {
      return (0, 0, control.count?.patients ?? 0)
    }
    return (
      published.judgedBy == .independent ? 2 : 1, published.unverified == nil ? 1 : 0,
      published.patients
    )
  }
}
