/// Whether a plugin may be tried, judged by its deaths; free of clocks.
///
/// Times are nanoseconds on a clock that only moves forward.
struct PluginHealth {
  private let settings: PluginHostSettings
  private var deaths: [Int64] = []
  private var holds = 0
  private var heldUntil: Int64?
  private(set) var restarts = 0
  private(set) var lastFailure: String?

  init(settings: PluginHostSettings) { self.settings = settings }

  /// A death, or what counts as one: a breach of the protocol, a start without a greeting.
  mutating func died(at now: Int64, reason: String) {
    restarts += 1
    lastFailure = reason
    deaths.append(now)
    deaths.removeAll { now - $0 > settings.deathWindow.nanoseconds }
    // Once it has been held back, a single death on its next trial is enough.
    guard deaths.count >= settings.deathsBeforeHold || holds > 0 else { return }
    let longest = settings.longestHold.nanoseconds
    let first = settings.firstHold.nanoseconds
    let hold = holds < 30 ? min(longest, first << Int64(holds)) : longest
    holds += 1
    heldUntil = now + hold
    deaths = []
  }

  mutating func answered() {
    deaths = []
    holds = 0
    heldUntil = nil
  }

  /// Gives the plugin a new chance.
  mutating func pardon() { answered() }

  /// How long the plugin must still wait, or nil where it may be tried.
  func hold(at now: Int64) -> (remaining: Duration, reason: String)? {
    guard let heldUntil, now < heldUntil else { return nil }
    return (.nanoseconds(heldUntil - now), lastFailure ?? "")
  }
}
