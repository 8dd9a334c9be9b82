/// The tables of two groups that share a number of responders, one such diagonal at a time.
///
/// Walking all diagonals is most of the work of an unconditional test on a large table, so the
/// ratios are tabulated once and one buffer serves every diagonal.
struct Diagonals {
  private let treated, control: Int
  /// C(n, k + 1) / C(n, k) and C(n, k − 1) / C(n, k), for either group.
  private let treatedUp, treatedDown, controlUp, controlDown: [Double]

  /// The responders in both groups, and the values those of the treated group can take.
  private(set) var responders = 0
  private(set) var support = 0...0
  /// Hypergeometric weights over `support`, in order; the mode has 1, and values 10³⁰⁰ times
  /// less probable 0.
  private(set) var weights: [Double]
  private(set) var total = 1.0

  init(_ table: ContingencyTable) {
    treated = table.treated.patients
    control = table.control.patients
    (treatedUp, treatedDown) = Self.ratios(treated)
    (controlUp, controlDown) = Self.ratios(control)
    weights = [1]
    weights.reserveCapacity(min(treated, control) + 1)
  }

  private static func ratios(_ n: Int) -> (up: [Double], down: [Double]) {
    (
      (0...n).map { Double(n - $0) / Double($0 + 1) },
      (0...n).map { Double($0) / Double(n - $0 + 1) }
    )
  }

  /// - Complexity: O(*n*), where *n* is the size of the support.
  mutating func load(_ responders: Int) {
    self.responders = responders
    support = max(0, responders - control)...min(responders, treated)
    let mode = min(
      max((responders + 1) * (treated + 1) / (treated + control + 2), support.lowerBound),
      support.upperBound)
    weights.removeAll(keepingCapacity: true)
    weights.append(contentsOf: repeatElement(0, count: support.count))
    weights[mode - support.lowerBound] = 1
    let start = Start(mode: mode, responders: responders, offset: support.lowerBound)
    total = 1
    total += Self.walk(
      &weights, start, by: 1, steps: support.upperBound - mode, treatedUp, controlDown)
    total += Self.walk(
      &weights, start, by: -1, steps: mode - support.lowerBound, treatedDown, controlUp)
  }

  private struct Start {
    let mode, responders, offset: Int
  }

  /// Fills in the weights on one side of the mode and returns their sum.
  private static func walk(
    _ weights: inout [Double], _ start: Start, by direction: Int, steps: Int,
    _ treatedRatios: [Double], _ controlRatios: [Double]
  ) -> Double {
    let (treated, control) = (treatedRatios.span, controlRatios.span)
    var span = weights.mutableSpan
    var (weight, sum, k) = (1.0, 0.0, start.mode)
    for _ in 0..<steps {
      weight *= treated[k] * control[start.responders - k]
      if weight < 1e-300 { break }
      k += direction
      span[k - start.offset] = weight
      sum += weight
    }
    return sum
  }
}

extension Diagonals {
  /// A set of values next to the ends of the support: so many from below, so many from above.
  struct Ends: Hashable {
    var fromBelow = 0
    var fromAbove = 0
  }

  /// The sum of the weights of values next to the ends, from the ends inward.
  func weight(of ends: Ends) -> Double {
    var sum = 0.0
    for index in 0..<ends.fromBelow { sum += weights[index] }
    var last = weights.count
    for _ in 0..<ends.fromAbove {
      last -= 1
      sum += weights[last]
    }
    return sum
  }

  /// The chance of a value next to the ends.
  func probability(of ends: Ends) -> Double {
    ends.fromBelow + ends.fromAbove >= weights.count ? 1 : min(1, weight(of: ends) / total)
  }
}
