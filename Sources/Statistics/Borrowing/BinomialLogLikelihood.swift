internal import Glibc

/// The logarithm of the binomial likelihood of a count, as a function of the rate's logit, less
/// its largest value.
///
/// Near the largest value it is computed from the distance to it, so that no digits are lost
/// however many patients there are.
struct BinomialLogLikelihood: Sendable {
  let responders: Double
  let nonResponders: Double
  let patients: Double
  private let rate: Double
  /// The logit of the observed rate; infinite where nobody or everybody responded.
  let center: Double
  private let largest: Double

  init(_ count: ResponseCount) {
    self.init(
      responders: Double(count.responders), nonResponders: Double(count.nonResponders))
  }

  /// Counts need not be whole: a power prior takes a fraction of each.
  init(responders: Double, nonResponders: Double) {
    self.responders = responders
    self.nonResponders = nonResponders
    patients = responders + nonResponders
    rate = responders / patients
    center = log(responders / nonResponders)
    largest =
      responders > 0 && nonResponders > 0
      ? responders * log(rate) + nonResponders * log(nonResponders / patients) : 0
  }

  func value(at logit: Double) -> Double {
    let distance = logit - center
    guard distance.magnitude < 30 else {
      let below = responders > 0 ? responders * softplus(-logit) : 0
      let above = nonResponders > 0 ? nonResponders * softplus(logit) : 0
      return -below - above - largest
    }
    return -responders * log1p(nonResponders / patients * expm1(-distance))
      - nonResponders * log1p(rate * expm1(distance))
  }

  func slope(at logit: Double) -> Double {
    responders * expit(-logit) - nonResponders * expit(logit)
  }

  /// The information on the logit: minus the second derivative.
  func information(at logit: Double) -> Double { patients * expit(logit) * expit(-logit) }
}

/// The rate whose logit is `x`.
func expit(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// log(1 + e*ˣ*), without overflow.
func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-x.magnitude)) }
