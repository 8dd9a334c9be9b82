import Statistics

extension ProportionInterval.Method {
  var label: String {
    switch self {
    case .clopperPearson: "Clopper-Pearson"
    case .wilson: "Wilson"
    case .wilsonContinuityCorrected: "Wilson, continuity-corrected"
    case .propTest: "Wilson, R's prop.test"
    case .jeffreys: "Jeffreys"
    case .jeffreysRaw: "Jeffreys, equal tails throughout"
    case .agrestiCoull: "Agresti-Coull"
    case .midP: "mid-p"
    case .blaker: "Blaker"
    case .wald: "Wald"
    }
  }
}

extension DifferenceInterval.Method {
  var label: String {
    switch self {
    case .miettinenNurminen: "Miettinen-Nurminen"
    case .mee: "Mee"
    case .gartNam: "Gart-Nam"
    case .skewnessCorrected: "Skewness-corrected score"
    case .newcombe: "Newcombe"
    case .newcombeContinuityCorrected: "Newcombe, continuity-corrected"
    case .agrestiCaffo: "Agresti-Caffo"
    case .wald: "Wald"
    case .waldContinuityCorrected: "Wald, continuity-corrected"
    case .propTest: "Wald, R's prop.test"
    case .hauckAnderson: "Hauck-Anderson"
    }
  }
}

extension OneSampleTest.Method {
  var label: String {
    switch self {
    case .exact: "Exact binomial, minimum likelihood"
    case .exactDoubled: "Exact binomial, doubled tail"
    case .midP: "Mid-p binomial"
    case .blaker: "Blaker"
    case .score: "Score"
    case .scoreContinuityCorrected: "Score, continuity-corrected"
    }
  }
}

extension TwoSampleTest.Method {
  var label: String {
    switch self {
    case .chiSquare: "Pearson's chi-square"
    case .chiSquareYates: "Chi-square, Yates"
    case .fisher: "Fisher's exact"
    case .fisherMidP: "Fisher's mid-p"
    case .barnard: "Barnard, pooled z"
    case .barnardBergerBoos: "Barnard, Berger-Boos"
    case .boschloo: "Boschloo"
    case .boschlooCentral: "Boschloo, doubled"
    case .scoreMiettinenNurminen: "Score, Miettinen-Nurminen"
    case .likelihoodRatio: "Likelihood ratio"
    }
  }
}
