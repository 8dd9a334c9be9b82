internal import Glibc

/// Pr(X > `h`, Y > `k`) for standard normal X and Y with this correlation.
///
/// By Gauss and Legendre's rule in the angle whose sine is the correlation; near ±1, after taking off
/// what is singular there.
///
/// ## References
///
/// - Drezner Z, Wesolowsky GO (1990). On the computation of the bivariate normal integral.
///   *J Stat Comput Simul* 35:101–107.
/// - Genz A (2004). Numerical computation of rectangular bivariate and trivariate normal and *t*
///   probabilities. *Stat Comput* 14:251–260.
func bivariateUpperTail(_ h: Double, _ k: Double, correlation: Double) -> Double {
  if h == .infinity || k == .infinity { return 0 }
  if h == -.infinity { return normalUpperTail(k) }
  if k == -.infinity { return normalUpperTail(h) }
  return correlation.magnitude < 0.925
    ? moderateTail(h, k, correlation) : strongTail(h, k, correlation)
}

/// Pr(a < X < b, c < Y < d).
func bivariateRectangle(
  _ x: (Double, Double), _ y: (Double, Double), correlation: Double
) -> Double {
  let tail = { bivariateUpperTail($0, $1, correlation: correlation) }
  return max(0, tail(x.0, y.0) - tail(x.1, y.0) - tail(x.0, y.1) + tail(x.1, y.1))
}

private func moderateTail(_ h: Double, _ k: Double, _ correlation: Double) -> Double {
  let (half, product) = ((h * h + k * k) / 2, h * k)
  let angle = asin(correlation)
  var sum = 0.0
  for (node, weight) in GaussLegendre.twenty {
    let sine = sin(angle * node)
    sum += weight * exp((sine * product - half) / (1 - sine * sine))
  }
  return sum * angle / (2 * .pi) + normalUpperTail(h) * normalUpperTail(k)
}

private func strongTail(_ h: Double, _ k: Double, _ correlation: Double) -> Double {
  // A negative correlation is a positive one of X and −Y.
  let y = correlation < 0 ? -k : k
  let correction = correlation.magnitude < 1 ? nearOne(h, y, correlation) : 0
  if correlation > 0 { return max(0, correction + normalUpperTail(max(h, y))) }
  let whole = y > h ? normalLowerTail(y) - normalLowerTail(h) : 0
  let upper = y > h && h >= 0 ? normalUpperTail(h) - normalUpperTail(y) : whole
  return max(0, upper - correction)
}

/// What Pr(X > h, Y > k) lacks of its value at a correlation of 1.
private func nearOne(_ h: Double, _ k: Double, _ correlation: Double) -> Double {
  let product = h * k
  let squared = (1 - correlation) * (1 + correlation)
  let width = squared.squareRoot()
  let gap = (h - k) * (h - k)
  let (c, d) = ((4 - product) / 8, (12 - product) / 80)
  var taken = 0.0
  let exponent = -(gap / squared + product) / 2
  if exponent > -100 {
    taken =
      width * exp(exponent)
      * (1 - c * (gap - squared) * (1 - d * gap) / 3 + c * d * squared * squared)
  }
  if product > -100 {
    let distance = gap.squareRoot()
    taken -=
      exp(-product / 2) * (2 * .pi).squareRoot() * normalUpperTail(distance / width) * distance
      * (1 - c * gap * (1 - d * gap) / 3)
  }
  var sum = 0.0
  for (node, weight) in GaussLegendre.twenty {
    let x = width * node * width * node
    let power = -(gap / x + product) / 2
    guard power > -100 else { continue }
    let root = (1 - x).squareRoot()
    let series = 1 + c * x * (1 + 5 * d * x)
    let exact = exp(-product / 2 * x / ((1 + root) * (1 + root))) / root
    sum += weight * exp(power) * (series - exact)
  }
  return (width * sum - taken) / (2 * .pi)
}
