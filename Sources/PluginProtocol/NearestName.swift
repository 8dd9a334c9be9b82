extension Sequence<String> {
  /// The name a person who typed `word` most likely meant, if any is close.
  ///
  /// Distance is optimal string alignment (insert, delete, replace, swap neighbors); a name counts
  /// as close when at most a third of the longer word differs, or when it starts with a typed
  /// beginning of at least two letters.
  public func nearest(to word: String) -> String? {
    let typed = word.lowercased()
    var best: (name: String, distance: Int)?
    for name in self {
      let distance = editDistance(Array(typed.utf8), Array(name.lowercased().utf8))
      let isClose = distance * 3 <= Swift.max(typed.utf8.count, name.utf8.count)
      let isBeginning = typed.utf8.count >= 2 && name.lowercased().hasPrefix(typed)
      if isClose || isBeginning, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  // Longer words are no slip of the fingers, and the table below is quadratic.
  guard a.count <= 64, b.count <= 64 else { return .max / 4 }
  var table = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
  for i in 0..<a.count {
    table[i + 1][0] = i + 1
    for j in 0..<b.count {
      let replaced = table[i][j] + (a[i] == b[j] ? 0 : 1)
      var least = Swift.min(table[i][j + 1] + 1, table[i + 1][j] + 1, replaced)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        least = Swift.min(least, table[i - 1][j - 1] + 1)
      }
      table[i + 1][j + 1] = least
    }
  }
  return table[a.count][b.count]
}
