import Rendering

/// Candidates as `ls` would list them: in columns, read downward.
enum CandidateColumns {
  static func lines(_ candidates: [String], width: Int) -> [String] {
    let names = candidates.map(\.safe)
    guard let widest = names.map(\.columns).max() else { return [] }
    let cell = widest + 2
    let columns = max(1, (width + 2) / cell)
    let rows = (names.count + columns - 1) / columns
    return (0..<rows).map { row in
      let cells = stride(from: row, to: names.count, by: rows).map { names[$0] }
      let padded = cells.dropLast().map { $0.padded(to: cell) }
      return padded.joined() + (cells.last ?? "")
    }
  }
}
