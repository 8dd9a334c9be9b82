import JSON
import Store
import Synchronization

/// The names of the figures of runs, as completion asks for them again and again.
final class FigureIndex: Sendable {
  private static let mostKept = 1_000

  private let known = Mutex<[RunID: [String]]>([:])

  /// The names; a result is read once.
  func names(of runs: [RunRecord], in store: Store) -> [String: [String]] {
    var names: [String: [String]] = [:]
    for run in runs where run.state == .done {
      let found = known.withLock { $0[run.id] } ?? read(run.id, in: store)
      if !found.isEmpty { names[run.id.description] = found }
    }
    return names
  }

  private func read(_ run: RunID, in store: Store) -> [String] {
    guard let record = try? store.run(run), let result = record.result else { return [] }
    let figures = (try? JSONMembers(parsing: Array(result.utf8)))?["figures"]?.array ?? []
    let names = figures.compactMap { $0["name"]?.string }
    known.withLock { known in
      if known.count >= Self.mostKept { known.removeAll() }
      known[run] = names
    }
    return names
  }
}
