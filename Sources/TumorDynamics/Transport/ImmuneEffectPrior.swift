internal import Glibc
internal import TrialDesign

/// What is believed of the immune kill *KI* at full dose before any trial is looked at: no effect
/// at all with some probability, and a log-normal effect otherwise.
///
/// Without the spike at 0 added kill could only help, and every model would predict benefit by
/// construction. Median, spread and spike are assumptions, to be named and varied.
package struct ImmuneEffectPrior: Sendable, Hashable {
  package var probabilityOfNoEffect: Double
  /// Of the effects there are, per day.
  package var medianPerDay: Double
  /// The standard deviation of ln *KI*, of what is not known and not between patients.
  package var spread: Double

  package init(
    probabilityOfNoEffect: Double = 0.5, medianPerDay: Double = 0.003, spread: Double = 1
  ) {
    self.probabilityOfNoEffect = probabilityOfNoEffect
    self.medianPerDay = medianPerDay
    self.spread = spread
  }

  /// No effect, and so many effects that are equally likely: the middles of as many parts of the
  /// log-normal distribution of equal probability.
  package func grid(effects: Int = 40) throws(TumorDynamicsError) -> ImmuneEffectGrid {
    guard (0...1).contains(probabilityOfNoEffect) else {
      throw .shareOutOfRange(probabilityOfNoEffect)
    }
    for (name, value) in [
      ("the median immune effect", medianPerDay), ("the spread of the immune effect", spread),
    ] {
      guard value > 0, value.isFinite else { throw .notPositive(name: name, value: value) }
    }
    precondition(effects > 0, "at least one effect")
    let values = (0..<effects).map { place in
      let tail = (Double(place) + 0.5) / Double(effects)
      return medianPerDay * exp(spread * standardNormalQuantile(tail))
    }
    let weight = (1 - probabilityOfNoEffect) / Double(effects)
    return ImmuneEffectGrid(
      killsPerDay: [0] + values,
      weights: [probabilityOfNoEffect] + values.map { _ in weight })
  }
}
