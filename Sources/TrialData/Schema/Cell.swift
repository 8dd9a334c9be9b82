/// The 64 bits a staged value is kept in.
enum Cell {
  /// A missing value.
  ///
  /// As the pattern of a `Double` it would be -0.0, which is stored as 0.0.
  static let missing = Int64.min

  static func real(_ number: Double) -> Int64 {
    Int64(bitPattern: (number == 0 ? 0 : number).bitPattern)
  }

  static func number(_ cell: Int64) -> Double { Double(bitPattern: UInt64(bitPattern: cell)) }
}
