/// Keeps a plugin that floods its output from costing the host more than a little time.
///
/// Past its allowance nobody reads for a while; the plugin waits, as it would at any full pipe.
struct LogMeter {
  private static let allowance = 8 << 20
  private static let window: Int64 = 100_000_000

  private var start: Int64 = 0
  private var bytes = 0

  mutating func add(_ count: Int, at now: Int64) {
    if now - start >= Self.window {
      start = now
      bytes = 0
    }
    bytes += count
  }

  /// When reading may go on, or nil where it may now.
  func pause(at now: Int64) -> Int64? {
    bytes > Self.allowance && now - start < Self.window ? start + Self.window : nil
  }
}
