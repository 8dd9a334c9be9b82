internal import CRmath
internal import Glibc

/// A mixture of beta distributions: the closed form of a robust prior and of its posterior.
///
/// ## References
///
/// - Diaconis P, Ylvisaker D (1985). Quantifying prior opinion. In: *Bayesian Statistics 2*,
///   North-Holland, 133–156.
public struct BetaMixture: Sendable, Hashable {
  public struct Component: Sendable, Hashable {
    public let weight: Double
    public let shape: BetaShape

    public init(weight: Double, shape: BetaShape) {
      self.weight = weight
      self.shape = shape
    }
  }

  public let components: [Component]

  /// - Throws: ``StatisticsError/weightOutOfRange(_:)`` unless the weights are positive; they are
  ///   scaled to sum to one.
  public init(_ components: [Component]) throws(StatisticsError) {
    if let wrong = components.first(where: { !($0.weight > 0 && $0.weight.isFinite) }) {
      throw .weightOutOfRange(wrong.weight)
    }
    guard !components.isEmpty else { throw .weightOutOfRange(0) }
    self.init(scaling: components)
  }

  init(scaling components: [Component]) {
    let total = components.reduce(0) { $0 + $1.weight }
    self.components = components.map { Component(weight: $0.weight / total, shape: $0.shape) }
  }

  private func sum(_ part: (BetaShape) -> Double) -> Double {
    components.reduce(0) { $0 + $1.weight * part($1.shape) }
  }

  public var mean: Double { sum(\.mean) }

  public var variance: Double {
    let mean = mean
    return sum { $0.variance + ($0.mean - mean) * ($0.mean - mean) }
  }

  public func lowerTail(_ rate: Double) -> Double { sum { $0.lowerTail(rate) } }
  public func upperTail(_ rate: Double) -> Double { sum { $0.upperTail(rate) } }

  public func quantile(_ tail: Double) -> Double {
    let quantiles = components.map { $0.shape.quantile(tail) }
    return bracketedRoot(between: quantiles.min() ?? 0, and: quantiles.max() ?? 1) {
      lowerTail($0) - tail
    }
  }

  /// The posterior after a count: each component is updated, and weighed by how well it
  /// predicted the count.
  public func updated(by count: ResponseCount) -> Self {
    let logs = components.map { log($0.weight) + $0.shape.logProbability(of: count) }
    let most = logs.max() ?? 0
    return Self(
      scaling: zip(components, logs).map { component, log in
        Component(weight: exp(log - most), shape: component.shape.updated(by: count))
      })
  }

  /// The mixture as a density to integrate.
  public var density: RateDensity {
    RateDensity(
      mixing: components.map { ($0.weight, RateDensity($0.shape)) })
  }
}
