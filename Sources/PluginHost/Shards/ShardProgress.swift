import PluginProtocol
import Synchronization

/// How far the shards of a run have come together.
///
/// A shard that begins again does not make the whole fall back.
final class ShardProgress: Sendable {
  private let counts: [Int]
  private let report: @Sendable (RunProgress) -> Void
  private let fractions: Mutex<[Double]>

  init(_ shards: [RunRequest.Shard], report: @escaping @Sendable (RunProgress) -> Void) {
    counts = shards.map(\.count)
    self.report = report
    fractions = Mutex(Array(repeating: 0, count: shards.count))
  }

  func heard(_ progress: RunProgress, from shard: Int) {
    // Within the lock, or a report could overtake one that says less.
    fractions.withLock { fractions in
      guard progress.fraction > fractions[shard] else { return }
      fractions[shard] = progress.fraction
      let done = zip(fractions, counts).map { $0 * Double($1) }.reduce(0, +)
      report(
        RunProgress(fraction: done / Double(counts.reduce(0, +)), message: progress.message))
    }
  }
}
