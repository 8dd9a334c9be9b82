/// The sums of diameters of many patients on many days, in millimeters.
package struct SumTable: Sendable, Hashable {
  package let patients: Int
  package let days: [Double]
  /// Parts of the cohort, each with the blocks of eight patients of one day after those of another.
  var parts: [[SIMD8<Double>]]
  /// How many blocks of patients a part has, but for the last.
  static let blocksInPart = 128

  /// All zeros.
  init(patients: Int, days: [Double]) {
    self.patients = patients
    self.days = days
    parts = Self.blocks(ofPatients: patients).map {
      [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: $0.count * days.count)
    }
  }

  /// Which blocks of eight patients each part holds.
  static func blocks(ofPatients patients: Int) -> [Range<Int>] {
    let blocks = (patients + 7) / 8
    return stride(from: 0, to: blocks, by: blocksInPart).map {
      $0..<min($0 + blocksInPart, blocks)
    }
  }

  /// One patient's sum on the day with this index.
  package subscript(patient: Int, day: Int) -> Double {
    let (part, block) = (patient / 8).quotientAndRemainder(dividingBy: Self.blocksInPart)
    return parts[part][day * (parts[part].count / days.count) + block][patient % 8]
  }

  /// One patient's sums on every day.
  package func sums(of patient: Int) -> [Double] { days.indices.map { self[patient, $0] } }

  /// The mean of all patients on the day with this index.
  package func mean(onDay index: Int) -> Double {
    (0..<patients).reduce(0) { $0 + self[$1, index] } / Double(patients)
  }
}
