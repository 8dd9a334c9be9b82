/// The places of small whole numbers in rising order; equal ones keep the order of `before`, or
/// their own.
///
/// - Precondition: every key is from 0 to `limit` - 1.
/// - Complexity: O(*n* + `limit`).
func stableOrder(_ keys: [Int], of limit: Int, after before: [UInt32]? = nil) -> [UInt32] {
  var counts = [Int](repeating: 0, count: limit)
  for key in keys { counts[key] += 1 }
  var next = runningStarts(counts)
  var order = [UInt32](repeating: 0, count: keys.count)
  for index in keys.indices {
    let place = before?[index] ?? UInt32(index)
    let key = keys[Int(place)]
    order[next[key]] = place
    next[key] += 1
  }
  return order
}

/// Where each value's run starts when runs of these lengths follow each other.
func runningStarts(_ counts: [Int]) -> [Int] {
  var start = 0
  return counts.map { count in
    defer { start += count }
    return start
  }
}
