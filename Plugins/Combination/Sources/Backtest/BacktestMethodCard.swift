import PluginKit
import PluginProtocol

/// The conventions of `backtest`.
struct BacktestMethodCard {
  let report: BacktestReport

  var choices: [ResultDocument.MethodChoice] {
    [
      .init(
        topic: "response rates",
        choice:
          "independent action: 1 - Phi2(z1, z2; r), r = 2 sin(pi rho / 6), at the parts' rates"
          + " and Spearman's rho of 0, \(report.settings.correlation) and 0.6",
        source: "Palmer & Sorger 2017"),
      .init(
        topic: "limits of responders",
        choice:
          "\(shortPercent(report.level)) predictive: parts' rates by Beta(1/2, 1/2) posteriors,"
          + " the combination's count binomial, tails of equal size; p is twice the smaller tail"),
      .init(
        topic: "limits of a median",
        choice: "\(shortPercent(report.level)) of the observed combination, log scale (R's); the"
          + " predicted median counts as within where they hold it, whatever its own limits",
        source: "Brookmeyer & Crowley 1982"),
      .init(
        topic: "q",
        choice: "p-values of the hazard ratios adjusted over the data set's trials, each prediction"
          + " by itself; the verdict goes by q below \(shortPercent(1 - report.level))",
        source: "Benjamini & Hochberg 1995"),
    ]
  }
}
