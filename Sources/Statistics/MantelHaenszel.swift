/// Mantel and Haenszel's common difference, ratio and odds ratio, with their variances.
struct MantelHaenszel {
  private let strata: [ContingencyTable]

  init(_ table: StratifiedTable) { strata = table.strata }

  private func sum(_ term: (Cells) -> Double) -> Double {
    strata.reduce(0) { $0 + term(Cells($1)) }
  }

  private var weight: Double { sum { $0.n1 * $0.n2 / $0.n } }

  /// Σ w (p₁ − p₂) / Σ w with w = n₁ n₂ / N.
  var difference: Double { sum { ($0.x1 * $0.n2 - $0.x2 * $0.n1) / $0.n } / weight }

  /// Sato's variance of the difference, consistent for few large and for many small strata.
  var satoVariance: Double {
    let p = sum {
      ($0.n1 * $0.n1 * $0.x2 - $0.n2 * $0.n2 * $0.x1 + $0.n1 * $0.n2 * ($0.n2 - $0.n1) / 2)
        / ($0.n * $0.n)
    }
    let q = sum { ($0.x1 * $0.y2 + $0.x2 * $0.y1) / (2 * $0.n) }
    return max(0, difference * p + q) / (weight * weight)
  }

  /// Greenland and Robins's variance of the difference.
  var greenlandRobinsVariance: Double {
    sum {
      ($0.x1 * $0.y1 * $0.n2 * $0.n2 * $0.n2 + $0.x2 * $0.y2 * $0.n1 * $0.n1 * $0.n1)
        / ($0.n1 * $0.n2 * $0.n * $0.n)
    } / (weight * weight)
  }

  private var ratioParts: (Double, Double) {
    (sum { $0.x1 * $0.n2 / $0.n }, sum { $0.x2 * $0.n1 / $0.n })
  }

  /// Infinite without responders in the control group, nil without any.
  var ratio: Double? { Self.quotient(ratioParts) }

  /// Greenland and Robins's variance of the ratio's logarithm.
  var logRatioVariance: Double {
    let (r, s) = ratioParts
    return sum {
      ($0.n1 * $0.n2 * ($0.x1 + $0.x2) - $0.x1 * $0.x2 * $0.n) / ($0.n * $0.n)
    } / (r * s)
  }

  private var oddsParts: (Double, Double) {
    (sum { $0.x1 * $0.y2 / $0.n }, sum { $0.x2 * $0.y1 / $0.n })
  }

  var oddsRatio: Double? { Self.quotient(oddsParts) }

  /// Robins, Breslow and Greenland's variance of the odds ratio's logarithm.
  var logOddsRatioVariance: Double {
    let (r, s) = oddsParts
    let pr = sum { ($0.x1 + $0.y2) / $0.n * $0.x1 * $0.y2 / $0.n }
    let mixed = sum {
      ($0.x1 + $0.y2) / $0.n * $0.x2 * $0.y1 / $0.n
        + ($0.x2 + $0.y1) / $0.n * $0.x1 * $0.y2 / $0.n
    }
    let qs = sum { ($0.x2 + $0.y1) / $0.n * $0.x2 * $0.y1 / $0.n }
    return pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)
  }

  private static func quotient(_ parts: (Double, Double)) -> Double? {
    parts.0 == 0 && parts.1 == 0 ? nil : parts.0 / parts.1
  }
}

/// The counts of one stratum, as numbers.
private struct Cells {
  let x1, y1, n1, x2, y2, n2, n: Double

  init(_ table: ContingencyTable) {
    x1 = Double(table.treated.responders)
    y1 = Double(table.treated.nonResponders)
    n1 = Double(table.treated.patients)
    x2 = Double(table.control.responders)
    y2 = Double(table.control.nonResponders)
    n2 = Double(table.control.patients)
    n = Double(table.patients)
  }
}
