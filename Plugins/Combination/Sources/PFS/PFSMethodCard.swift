import PluginKit
import PluginProtocol

/// The conventions of `combined-pfs`.
struct PFSMethodCard {
  let options: CombinedPFSOptions
  let comparison: PFSComparison

  var choices: [ResultDocument.MethodChoice] {
    [
      .init(
        topic: "independent action",
        choice: "T = max(T1, T2) for each patient; Gaussian copula with Spearman's correlation"
          + " (Pearson's is 2 sin(pi rho / 6)); exact bivariate normal, nobody is drawn",
        source: "Palmer & Sorger 2017"),
      .init(
        topic: "limits of the predicted median",
        choice: "\(shortPercent(options.level)), log scale; delta method with Greenwood's variances"
          + " of both parts, the correlation taken for known"),
      .init(
        topic: "additivity",
        choice: options.settings.firstScan.map {
          "T = max(T1 + max(T2 - s, 0), T2) with the first scan s on day \(dayText($0)), which is"
            + " the same whichever part it is taken off; summed over all pairs of steps"
        } ?? "not computed without first-scan=", source: "Hwangbo et al. 2023"),
      .init(
        topic: "follow-up",
        choice: "all curves end on day \(dayText(comparison.horizon))"
          + (options.settings.horizon == nil ? ", the shortest follow-up" : ", as until= says")
          + "; a median not reached by then is not given"),
      .init(
        topic: "hazard ratio",
        choice: "Cox's model, Efron's ties, of the observed patients over"
          + " \(comparison.patients) at the quantiles (i - 1/2)/n of the predicted curve",
        source: "Hwangbo et al. 2023, who take 500"),
      .init(
        topic: "verdict",
        choice: "by whether each hazard ratio's limits leave out 1: synergy where better than"
          + " additive, additive, independent, worse than independent, else between",
        source: "Hwangbo et al. 2023"),
    ]
  }

  static let citations = [
    "Palmer AC, Sorger PK (2017). Combination cancer therapy can confer benefit via"
      + " patient-to-patient variability without drug additivity or synergy. Cell 171:1678–1691.",
    "Hwangbo H, Patterson SC, Dai A, Plana D, Palmer AC (2023). Additivity predicts the efficacy of"
      + " most approved combination therapies for advanced cancer. Nat Cancer 4:1693–1704.",
  ]
}
