internal import Glibc

/// What adds up over the times of events to a Cox model's likelihood and its derivatives.
struct CoxSums: Sendable {
  private(set) var logLikelihood = 0.0
  private(set) var score: [Double]
  /// The lower triangle, row by row.
  private(set) var information: [Double]
  /// What the slope of the events now added is multiplied with; its square goes with no curvature.
  var weight = 1.0
  private var mean: [Double]

  init(columns: Int) {
    score = [Double](repeating: 0, count: columns)
    information = [Double](repeating: 0, count: columns * (columns + 1) / 2)
    mean = score
  }

  /// The events' own part: Σ β x and Σ x.
  mutating func addEvents(of block: CoxDesign.Block, _ design: CoxDesign, _ predictors: [Double]) {
    for place in block.firstEvent..<block.end {
      logLikelihood += predictors[place]
      for column in score.indices {
        score[column] += weight * design.values[place * score.count + column]
      }
    }
  }

  /// The set at risk's part: for the *l*-th of *d* tied events the tied weigh 1 − l/d by Efron's
  /// method, 1 by Breslow's.
  mutating func addTied(
    _ atRisk: borrowing RiskMoments, _ tied: borrowing RiskMoments, events: Int, isEfron: Bool
  ) {
    let rounds = isEfron ? events : 1
    let share = isEfron ? 1.0 : Double(events)
    for round in 0..<rounds {
      let left = Double(round) / Double(events)
      let total = atRisk.total - left * tied.total
      logLikelihood -= share * log(total)
      let factor = weight * share
      var cell = 0
      for row in score.indices {
        mean[row] = (atRisk.first[row] - left * tied.first[row]) / total
        score[row] -= factor * mean[row]
        for column in 0...row {
          let second = (atRisk.second[cell] - left * tied.second[cell]) / total
          information[cell] += factor * (second - mean[row] * mean[column])
          cell += 1
        }
      }
    }
  }

  /// The sets at risk's part by the exact method.
  mutating func addExact(_ sets: ExactTies) {
    logLikelihood -= sets.logTotal
    var cell = 0
    for row in score.indices {
      score[row] -= weight * sets.mean[row]
      for column in 0...row {
        information[cell] += weight * (sets.second[cell] - sets.mean[row] * sets.mean[column])
        cell += 1
      }
    }
  }
}

/// e to a power, for where Glibc is not imported.
func exponential(_ power: Double) -> Double { exp(power) }
