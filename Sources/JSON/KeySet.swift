/// The keys of one object so far: a list while there are few, as there nearly always are.
struct KeySet {
  private static let listLimit = 16

  private var list: [String] = []
  private var set: Set<String> = []

  /// Whether the key was new.
  mutating func insert(_ key: String) -> Bool {
    if list.count < Self.listLimit {
      guard !list.contains(key) else { return false }
      list.append(key)
      if list.count == Self.listLimit { set = Set(list) }
      return true
    }
    return set.insert(key).inserted
  }
}
