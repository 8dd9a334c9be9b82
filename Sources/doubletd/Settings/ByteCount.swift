/// Sizes as settings write them: `"64 MiB"`, or a bare number of bytes.
enum ByteCount {
  private static let units: [(name: String, shift: Int)] = [
    ("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10),
  ]

  static func parse(_ text: String) -> Int? {
    for (name, shift) in units where text.hasSuffix(name) {
      var number = text.dropLast(name.count)
      while number.last == " " { number.removeLast() }
      guard let count = Int(number), (0...(Int.max >> shift)).contains(count) else { return nil }
      return count << shift
    }
    return Int(text)
  }

  /// The size in the largest unit that divides it.
  static func text(_ bytes: Int) -> String {
    for (name, shift) in units where bytes != 0 && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift) \(name)"
    }
    return "\(bytes)"
  }
}
