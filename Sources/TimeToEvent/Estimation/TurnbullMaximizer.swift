internal import Glibc

/// The search for the chances of a Turnbull estimate.
struct TurnbullMaximizer {
  struct Place: Hashable {
    let lower, upper: Double
  }

  let places: [Place]
  private(set) var chances: [Double]
  /// The places within each subject's interval: a run, as both are in order.
  private let runs: [Range<Int>]

  init(_ sample: IntervalTimes) {
    places = Self.innermost(sample)
    runs = zip(sample.lower, sample.upper).map { [places] lower, upper in
      let first = places.partitioningIndex {
        lower == upper ? $0.upper >= lower : $0.lower >= lower && $0.upper > lower
      }
      let end = places.partitioningIndex { $0.upper > upper }
      return first..<end
    }
    chances = [Double](repeating: 1 / Double(places.count), count: places.count)
  }

  /// The intervals from a lower end to the next upper one, no other end between.
  ///
  /// At equal times an interval that ends there comes before one that begins there, as it holds its
  /// end and the other does not; a single time begins just before itself.
  private static func innermost(_ sample: IntervalTimes) -> [Place] {
    var ends: [(time: Double, order: Int)] = []
    for (lower, upper) in zip(sample.lower, sample.upper) {
      ends.append((lower, lower == upper ? 0 : 2))
      ends.append((upper, 1))
    }
    ends.sort { ($0.time, $0.order) < ($1.time, $1.order) }
    return zip(ends, ends.dropFirst()).compactMap { start, end in
      start.order != 1 && end.order == 1 ? Place(lower: start.time, upper: end.time) : nil
    }
  }

  var logLikelihood: Double {
    runs.reduce(0) { $0 + log(chances[$1].reduce(0, +)) }
  }

  /// Runs to the maximum; how far its condition is from met, as a part of *n*.
  mutating func run() -> Double {
    let subjects = Double(runs.count)
    var gap = Double.infinity
    for _ in 0..<500 {
      for _ in 0..<20 { share() }
      accelerate()
      let slopes = slopes()
      gap = slopes.enumerated().reduce(0) { worst, slope in
        let excess = slope.element / subjects - 1
        return max(worst, chances[slope.offset] > 0 ? excess.magnitude : excess)
      }
      // Where a chance fades it cannot matter; where it is wanted again it gets some back.
      for (place, slope) in slopes.enumerated() {
        if chances[place] < 1e-9, slope < subjects * (1 - 1e-9) { chances[place] = 0 }
        if chances[place] == 0, slope > subjects * (1 + 1e-10) { chances[place] = 1e-6 }
      }
      normalize()
      if gap < 1e-10 { break }
    }
    return gap
  }

  /// Each place's Σ 1 / Pr(subject's interval), over the subjects that hold it.
  private func slopes() -> [Double] {
    var steps = [Double](repeating: 0, count: places.count + 1)
    for run in runs {
      let weight = 1 / chances[run].reduce(0, +)
      steps[run.lowerBound] += weight
      steps[run.upperBound] -= weight
    }
    var sum = 0.0
    return places.indices.map { index in
      sum += steps[index]
      return sum
    }
  }

  /// One step of self-consistency.
  private mutating func share() {
    let slopes = slopes()
    for place in chances.indices { chances[place] *= slopes[place] / Double(runs.count) }
    normalize()
  }

  private mutating func normalize() {
    let sum = chances.reduce(0, +)
    for place in chances.indices { chances[place] /= sum }
  }

  /// Newton's step over the places of some chance, as far as it raises the likelihood.
  private mutating func accelerate() {
    let held = chances.indices.filter { chances[$0] > 1e-9 }
    guard held.count > 1, held.count <= 400 else { return }
    var position = [Int](repeating: -1, count: chances.count)
    for (index, place) in held.enumerated() { position[place] = index }
    var curvature = SymmetricMatrix(size: held.count)
    for run in runs {
      let own = run.compactMap { position[$0] >= 0 ? position[$0] : nil }
      let weight = 1 / chances[run].reduce(0, +)
      for (count, row) in own.enumerated() {
        for column in own[...count] { curvature[row, column] += weight * weight }
      }
    }
    let slopes = slopes()
    let elimination = Elimination(curvature)
    guard elimination.rank == held.count else { return }
    // Chances sum to 1 along the step: the multiplier of that condition is n at the maximum.
    let step = elimination.solve(held.map { slopes[$0] - Double(runs.count) })
    var (trial, fraction) = (self, 1.0)
    for _ in 0..<30 {
      for (index, place) in held.enumerated() {
        trial.chances[place] = max(0, chances[place] + fraction * step[index])
      }
      trial.normalize()
      if trial.logLikelihood > logLikelihood {
        self = trial
        return
      }
      fraction /= 2
    }
  }
}
