/// The argument between `first` and `last` at which `function` changes sign.
///
/// The two ends may be given in either order. When the function has one sign at both ends the
/// end where it is nearer to zero is the answer, so that rounding at an end cannot lose a root.
///
/// - Complexity: about ten evaluations for a smooth function, never more than a few times those
///   of bisection.
///
/// ## References
///
/// - Chandrupatla TR (1997). A new hybrid quadratic/bisection algorithm for finding the zero of
///   a nonlinear function without using derivatives. *Adv Eng Softw* 28:145–149.
func bracketedRoot(
  between first: Double, and last: Double, of function: (Double) -> Double
) -> Double {
  var (newest, opposite) = (first, last)
  var (atNewest, atOpposite) = (function(newest), function(opposite))
  guard (atNewest < 0) != (atOpposite < 0) else {
    return atNewest.magnitude <= atOpposite.magnitude ? newest : opposite
  }
  var fraction = 0.5
  for _ in 0..<200 {
    let trial = newest + fraction * (opposite - newest)
    let atTrial = function(trial)
    var (third, atThird) = (newest, atNewest)
    if (atTrial < 0) != (atNewest < 0) {
      (third, atThird) = (opposite, atOpposite)
      (opposite, atOpposite) = (newest, atNewest)
    }
    (newest, atNewest) = (trial, atTrial)

    let best = atNewest.magnitude < atOpposite.magnitude ? newest : opposite
    let tolerance = best.ulp / (opposite - newest).magnitude
    if atNewest == 0 || tolerance >= 0.5 { return best }
    fraction = interpolatedFraction(
      (newest, atNewest), (opposite, atOpposite), (third, atThird))
    fraction = min(1 - tolerance, max(tolerance, fraction))
  }
  return newest
}

/// How far from the newest point toward the opposite one the root is expected: by inverse
/// quadratic interpolation where the three points make that safe, half way otherwise.
private func interpolatedFraction(
  _ newest: (x: Double, y: Double), _ opposite: (x: Double, y: Double),
  _ third: (x: Double, y: Double)
) -> Double {
  let xi = (newest.x - opposite.x) / (third.x - opposite.x)
  let phi = (newest.y - opposite.y) / (third.y - opposite.y)
  guard phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi else { return 0.5 }
  let alpha = (third.x - newest.x) / (opposite.x - newest.x)
  let first = newest.y / (opposite.y - newest.y) * (third.y / (opposite.y - third.y))
  let second = newest.y / (third.y - newest.y) * (opposite.y / (third.y - opposite.y))
  return first + alpha * second
}

/// The root of a rising function of a logarithm, looked for outward from 0 in doubling steps.
///
/// A function that crosses nowhere within e^±700, which is all a double can be, gives the end it
/// was followed to.
func outwardRoot(of function: (Double) -> Double) -> Double {
  var (low, high, step) = (0.0, 0.0, 1.0)
  while function(high) < 0, high < 700 {
    low = high
    high += step
    step *= 2
  }
  step = 1
  while function(low) >= 0, low > -700 {
    high = low
    low -= step
    step *= 2
  }
  return bracketedRoot(between: low, and: high, of: function)
}
