internal import Glibc

/// The value below which a standard normal variable lies with probability `tail`.
///
/// Accurate to about one part in 10¹⁶; infinite at 0 and 1, not a number outside them.
///
/// ## References
///
/// - Wichura MJ (1988). Algorithm AS 241: the percentage points of the normal distribution.
///   *Appl Stat* 37:477–484, function PPND16.
@inlinable
package func standardNormalQuantile(_ tail: Double) -> Double {
  let fromMiddle = tail - 0.5
  if fromMiddle.magnitude <= 0.425 {
    return fromMiddle * centralRatio(0.180625 - fromMiddle * fromMiddle)
  }
  return outerQuantile(tail)
}

/// Four quantiles at once, bit for bit those of ``standardNormalQuantile(_:)``.
///
/// The four polynomials of the middle, where six of seven cases lie, do not wait for each other.
@inlinable
package func standardNormalQuantiles(_ tails: SIMD4<Double>) -> SIMD4<Double> {
  let fromMiddle = tails - 0.5
  var quantiles = fromMiddle * centralRatio(0.180625 - fromMiddle * fromMiddle)
  for lane in 0..<4 where fromMiddle[lane].magnitude > 0.425 {
    quantiles[lane] = outerQuantile(tails[lane])
  }
  return quantiles
}

/// The seventh of cases in the tails.
@usableFromInline
func outerQuantile(_ tail: Double) -> Double {
  let fromMiddle = tail - 0.5
  let smaller = fromMiddle < 0 ? tail : 1 - tail
  guard smaller > 0 else { return smaller == 0 ? (fromMiddle < 0 ? -.infinity : .infinity) : .nan }
  let r = (-log(smaller)).squareRoot()
  let quantile = r <= 5 ? tailRatio(r - 1.6) : farTailRatio(r - 5)
  return fromMiddle < 0 ? -quantile : quantile
}

@inlinable
func centralRatio(_ r: Double) -> Double { centralRatio(SIMD4(repeating: r)).x }

@inlinable
func centralRatio(_ r: SIMD4<Double>) -> SIMD4<Double> {
  // Step by step: as one expression the compiler gives up on its type.
  var numerator = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
  numerator = numerator * r + 6.7265770927008700853e4
  numerator = numerator * r + 4.5921953931549871457e4
  numerator = numerator * r + 1.3731693765509461125e4
  numerator = numerator * r + 1.9715909503065514427e3
  numerator = numerator * r + 1.3314166789178437745e2
  numerator = numerator * r + 3.3871328727963666080
  var denominator = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
  denominator = denominator * r + 3.9307895800092710610e4
  denominator = denominator * r + 2.1213794301586595867e4
  denominator = denominator * r + 5.3941960214247511077e3
  denominator = denominator * r + 6.8718700749205790830e2
  denominator = denominator * r + 4.2313330701600911252e1
  denominator = denominator * r + 1
  return numerator / denominator
}

private func tailRatio(_ r: Double) -> Double {
  let numerator =
    ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
      + 2.41780725177450611770e-1) * r + 1.27045825245236838258) * r
      + 3.64784832476320460504) * r + 5.76949722146069140550) * r
      + 4.63033784615654529590) * r + 1.42343711074968357734
  let denominator =
    ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
      + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
      + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r
      + 2.05319162663775882187) * r + 1
  return numerator / denominator
}

private func farTailRatio(_ r: Double) -> Double {
  let numerator =
    ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
      + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r
      + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r
      + 5.46378491116411436990) * r + 6.65790464350110377720
  let denominator =
    ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
      + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r
      + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
      + 5.99832206555887937690e-1) * r + 1
  return numerator / denominator
}
