/// Numbers as we write them in files.
enum NumberText {
  /// The shortest text that reads back as the same number: `21.5`, `30`, `1e-05`.
  static func shortest(_ number: Double) -> String {
    guard let whole = Int64(exactly: number), whole.magnitude < 1 << 53 else {
      return number.description
    }
    return String(whole)
  }
}
