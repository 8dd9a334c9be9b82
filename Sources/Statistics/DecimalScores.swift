/// Scores as integers of one common unit, so that sums of them can be compared exactly.
///
/// Scores with up to nine decimals, such as doses, are multiplied by a power of ten. Others are
/// rounded to a thousand-millionth of their range.
struct DecimalScores {
  /// In order; the least is 0.
  let integers: [Int]

  init(_ scores: [Double]) {
    let least = scores.min() ?? 0
    let greatest = scores.max() ?? 0
    var scale = 1.0
    for _ in 0...9 {
      let scaled = scores.map { ($0 * scale).rounded() }
      // Division rounds to the double that the decimal stands for.
      if zip(scaled, scores).allSatisfy({ $0 / scale == $1 && $0.magnitude < 1e15 }) {
        let whole = scaled.map { Int($0) }
        let first = whole.min() ?? 0
        integers = whole.map { $0 - first }
        return
      }
      scale *= 10
    }
    integers = scores.map { Int((($0 - least) / (greatest - least) * 1e9).rounded()) }
  }
}
