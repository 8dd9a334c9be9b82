/// The places of values in rising order; equal values keep their order.
///
/// The bits of doubles that are not negative rise with them, so they are sorted digit by digit
/// from the lowest. A digit all values share is passed over: whole numbers of days cost half.
///
/// - Precondition: no value is negative or a NaN.
/// - Complexity: O(*n*), six passes at most.
func risingOrder(_ values: [Double]) -> [UInt32] {
  // Adding 0 makes 0 of -0, whose bits are large.
  var keys = values.map { ($0 + 0).bitPattern }
  var places = (0..<UInt32(values.count)).map(\.self)
  var (otherKeys, otherPlaces) = (keys, places)
  for (digit, counts) in digitCounts(keys).enumerated() where !counts.contains(values.count) {
    var next = runningStarts(counts)
    let shift = UInt64(digit * digitBits)
    for (key, place) in zip(keys, places) {
      let value = Int(key >> shift & digitMask)
      otherKeys[next[value]] = key
      otherPlaces[next[value]] = place
      next[value] += 1
    }
    swap(&keys, &otherKeys)
    swap(&places, &otherPlaces)
  }
  return places
}

private let digitBits = 11
private let digitMask: UInt64 = 1 << 11 - 1

private func digitCounts(_ keys: [UInt64]) -> [[Int]] {
  var counts = [Int](repeating: 0, count: 6 << digitBits)
  for key in keys {
    for digit in 0..<6 {
      counts[digit << digitBits + Int(key >> UInt64(digit * digitBits) & digitMask)] += 1
    }
  }
  return (0..<6).map { Array(counts[$0 << digitBits..<($0 + 1) << digitBits]) }
}
