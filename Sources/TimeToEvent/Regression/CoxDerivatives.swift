/// The log partial likelihood of a Cox model at some coefficients, its slope and its curvature.
///
/// Coefficients are those of the design's standardized columns. `timeWeights`, one a block, multiply
/// slope and curvature of its events (for tests of coefficients that change with time).
struct CoxDerivatives: Sendable {
  private(set) var logLikelihood = 0.0
  private(set) var score: [Double]
  private(set) var information: SymmetricMatrix

  init(
    _ design: CoxDesign, _ coefficients: [Double], _ ties: CoxTies, timeWeights: [Double]? = nil
  ) throws(TimeToEventError) {
    let predictors = design.linearPredictors(coefficients)
    let risks = predictors.map(exponential)
    let columns = design.columns
    var sums = CoxSums(columns: columns)
    var atRisk = RiskMoments(columns: columns)
    for (index, block) in design.blocks.enumerated() {
      if block.stratum == block.start { atRisk.reset() }
      atRisk.add(block.start..<block.firstEvent, of: design, risks)
      guard block.events > 0 else { continue }
      sums.weight = timeWeights?[index] ?? 1
      sums.addEvents(of: block, design, predictors)
      if ties == .exact, block.events > 1 {
        let sets = try ExactTies(design, block, risks)
        sums.addExact(sets)
        atRisk.add(block.firstEvent..<block.end, of: design, risks)
      } else {
        var tied = RiskMoments(columns: columns)
        tied.add(block.firstEvent..<block.end, of: design, risks)
        atRisk.add(tied)
        sums.addTied(atRisk, tied, events: block.events, isEfron: ties == .efron)
      }
    }
    logLikelihood = sums.logLikelihood
    score = sums.score
    information = SymmetricMatrix(size: columns, cells: sums.information)
  }
}

extension CoxDesign {
  /// β · x by subject, in the order of the design.
  func linearPredictors(_ coefficients: [Double]) -> [Double] {
    var predictors = [Double](repeating: 0, count: subjects)
    var place = 0
    for subject in predictors.indices {
      var sum = 0.0
      for coefficient in coefficients {
        sum += coefficient * values[place]
        place += 1
      }
      predictors[subject] = sum
    }
    return predictors
  }
}
