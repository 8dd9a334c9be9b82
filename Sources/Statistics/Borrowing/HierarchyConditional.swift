internal import Glibc

/// The trials' mean logit μ given the standard deviation τ between trials, and what it predicts
/// for the logit of a new trial.
struct HierarchyConditional: Sendable {
  let deviation: Double
  /// The logarithm of the likelihood of all counts given τ.
  let logEvidence: Double
  /// Where μ is most probable, and the width of its density there.
  let mode: Double
  let spread: Double
  /// The density of μ.
  let mean: SampledLogDensity
  private let resolution: Double

  /// Densities are followed down to e⁻⁵⁰ of their largest value.
  private static let depth = 50.0

  init(
    _ likelihoods: [BinomialLogLikelihood], mean prior: MeanPrior, deviation: Double,
    near guess: Double, resolution: Double
  ) {
    let model = Model(
      trials: likelihoods.map {
        LogisticNormalIntegral(likelihood: $0, deviation: deviation, resolution: resolution)
      }, prior: prior)
    (mode, spread) = model.mode(near: guess)
    let step = min(0.4 * spread, max(0.15, 0.3 * deviation)) / resolution
    let peak = model.logarithm(at: mode)
    let below = Self.march(from: mode, by: -step) { model.logarithm(at: $0) - peak }
    let above = Self.march(from: mode, by: step) { model.logarithm(at: $0) - peak }
    let values = below.reversed() + [0] + above
    let total = values.reduce(0) { $0 + exp($1) } * step
    mean = SampledLogDensity(
      start: mode - step * Double(below.count), step: step, values: values.map { $0 - log(total) })
    logEvidence = peak + log(total)
    self.deviation = deviation
    self.resolution = resolution
  }

  /// Values outward from the mode until they no longer count.
  private static func march(
    from mode: Double, by step: Double, _ value: (Double) -> Double
  ) -> [Double] {
    var values: [Double] = []
    repeat {
      values.append(value(mode + step * Double(values.count + 1)))
    } while (values.last ?? 0) > -depth
    return values
  }

  // MARK: Prediction

  /// The density of the logit of a new trial: that of μ convolved with a normal one.
  func prediction() -> SampledLogDensity {
    let width = (spread * spread + deviation * deviation).squareRoot()
    let step = min(0.4 * width, max(0.15, 0.4 * deviation)) / resolution
    let reach = deviation * (2 * Self.depth).squareRoot()
    let count = Int(((mean.end - mean.start + 2 * reach) / step).rounded(.up)) + 1
    let start = mean.start - reach
    let density = deviation >= 0.5 * spread ? smoothed : shifted
    return SampledLogDensity(
      start: start, step: step,
      values: (0..<count).map { max(density(start + step * Double($0)), -2 * Self.depth) })
  }

  /// The convolution as a sum over the points at which μ is known.
  private func smoothed(_ logit: Double) -> Double {
    var sum = 0.0
    for (index, value) in mean.values.enumerated() {
      let z = (logit - mean.start - mean.step * Double(index)) / deviation
      sum += exp(value - z * z / 2)
    }
    return log(sum * mean.step / deviation) - logRootTwoPi
  }

  /// The convolution as a sum over the normal density, for one that is narrow beside that of μ.
  private func shifted(_ logit: Double) -> Double {
    var sum = 0.0
    let step = 0.6 / resolution
    let reach = Int((2 * Self.depth).squareRoot() / step)
    for index in -reach...reach {
      let z = step * Double(index)
      sum += exp(mean(logit - deviation * z) - z * z / 2)
    }
    return log(sum * step) - logRootTwoPi
  }
}

extension HierarchyConditional {
  /// The logarithm of the density of μ, but for a constant.
  private struct Model {
    let trials: [LogisticNormalIntegral]
    let prior: MeanPrior

    func logarithm(at mean: Double) -> Double {
      trials.reduce(prior.logDensity(at: mean)) { $0 + $1.logarithm(at: mean) }
    }

    /// Newton's method; the density is log-concave, so that halving the step keeps it rising.
    func mode(near guess: Double) -> (mode: Double, spread: Double) {
      var mean = guess
      var here = value(at: mean)
      for _ in 0..<100 {
        var step = -here.slope / here.curvature
        var next = value(at: mean + step)
        for _ in 0..<40 where next.logarithm < here.logarithm - 1e-9 {
          step /= 2
          next = value(at: mean + step)
        }
        mean += step
        here = next
        if step.magnitude * (-here.curvature).squareRoot() < 1e-3 { break }
      }
      return (mean, 1 / (-here.curvature).squareRoot())
    }

    private func value(at mean: Double) -> LogisticNormalIntegral.Value {
      let precision = 1 / (prior.deviation * prior.deviation)
      var sum = LogisticNormalIntegral.Value(
        logarithm: prior.logDensity(at: mean), slope: (prior.mean - mean) * precision,
        curvature: -precision)
      for trial in trials {
        let value = trial.value(at: mean)
        sum.logarithm += value.logarithm
        sum.slope += value.slope
        sum.curvature += value.curvature
      }
      return sum
    }
  }
}
