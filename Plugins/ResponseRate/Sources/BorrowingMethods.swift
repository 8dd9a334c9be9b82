import PluginProtocol
import Statistics

/// The method card of control models: every prior by name.
struct BorrowingMethods: Sendable {
  let borrowing: BorrowingOptions

  typealias Choice = ResultDocument.MethodChoice

  var card: [Choice] {
    [
      Choice(
        topic: "treated rate",
        choice: "Jeffreys's prior Beta(1/2, 1/2), independent of the controls"),
      Choice(topic: "trials", choice: ControlTrials.rule),
      Choice(
        topic: "fixed",
        choice: "all controls one rate: counts added, Beta(1/2, 1/2) prior; p by score-mn"),
      Choice(
        topic: "random effects",
        choice: "logits, DerSimonian-Laird tau, Hartung-Knapp error not below the usual one;"
          + " prediction interval and p by Student's t with k - 1 degrees of freedom",
        source: "Higgins 2009, J R Stat Soc A 172:137"),
      Choice(
        topic: "power prior",
        choice: "each control patient counts as a0 = \(short(borrowing.share)), fixed beforehand;"
          + " initial prior Beta(1/2, 1/2)", source: "Ibrahim 2000, Stat Sci 15:46"),
      Choice(
        topic: "beta-binomial",
        choice: "over-dispersion by maximum likelihood, taken as known; the mean's error added;"
          + " too narrow with few trials", source: "Williams 1982, Appl Stat 31:144"),
      Choice(
        topic: "MAP",
        choice: "logits normal(mu, tau); mu normal(0, 2), RBesT's default; tau"
          + " \(borrowing.heterogeneity); by quadrature, no simulation",
        source: "Neuenschwander 2010, Clin Trials 7:5"),
      Choice(
        topic: "robust MAP",
        choice: "weight \(short(borrowing.weight)) on Beta(1, 1), worth about one patient;"
          + " the rest on the MAP prior", source: "Schmidli 2014, Biometrics 70:1023"),
      Choice(
        topic: "ESS",
        choice:
          "effective sample size: that of the beta distribution with this mean and variance (moment); elir:"
          + " expected local information ratio; morita: information at the mode",
        source: "Neuenschwander 2020, Biometrics 76:578; Morita 2008, Biometrics 64:595"),
    ]
  }
}
