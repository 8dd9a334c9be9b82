import PluginProtocol
import Statistics

/// The program whose defaults are used for every method together.
///
/// A method that was asked for by name wins over them.
enum Conventions: String, CaseIterable, Sendable {
  case r, sas

  var label: String { self == .r ? "R" : "SAS" }

  func apply(to primary: inout PrimaryMethods) {
    switch self {
    case .r:
      primary.interval = .clopperPearson
      primary.oneSample = .exact
      primary.difference = .propTest
      primary.twoSample = .chiSquareYates
    case .sas:
      primary.interval = .clopperPearson
      primary.oneSample = .exactDoubled
      primary.difference = .wald
      primary.twoSample = .chiSquare
    }
  }

  /// Of the ratio: SAS's RELRISK; R has none of its own.
  var ratio: RatioInterval.Method { self == .sas ? .katz : .miettinenNurminen }

  var odds: OddsRatioInterval.Method { self == .sas ? .woolf : .conditionalExact }

  var stratifiedDifference: StratifiedInterval.Method {
    self == .sas ? .sato : .miettinenNurminen
  }

  var acrossStrata: StratifiedTest.Method {
    self == .sas ? .cochranMantelHaenszel : .cochranMantelHaenszelCorrected
  }

  var jonckheere: TrendTest.Method { self == .sas ? .jonckheere : .jonckheereUntied }

  /// What a tool chooses, for the method card: topic, choice and where it is written.
  var card: [ResultDocument.MethodChoice] {
    let rows: [(String, String, String)] =
      self == .r
      ? [
        ("one rate", "Clopper-Pearson limits; two-sided by minimum likelihood", "binom.test"),
        ("two rates", "chi-square with Yates's correction; Wald limits, corrected", "prop.test"),
        ("exact test", "Fisher by minimum likelihood; conditional odds ratio", "fisher.test"),
        ("ratio", "R has no default; Miettinen-Nurminen is shown", "stats"),
        ("strata", "Cochran-Mantel-Haenszel with correction; RBG limits", "mantelhaen.test"),
        ("trend", "Cochran-Armitage over N; Jonckheere without ties", "prop.trend.test, clinfun"),
      ]
      : [
        ("one rate", "Clopper-Pearson limits; two-sided by doubling", "PROC FREQ, EXACT BINOMIAL"),
        ("two rates", "chi-square without correction; Wald limits", "PROC FREQ, CHISQ RISKDIFF"),
        ("exact test", "Fisher by minimum likelihood; Woolf's odds ratio", "PROC FREQ, RELRISK"),
        ("ratio", "Katz's limits of the logarithm", "PROC FREQ, RELRISK"),
        (
          "strata", "Cochran-Mantel-Haenszel without correction; Sato's difference; Breslow-Day",
          "PROC FREQ, CMH COMMONRISKDIFF"
        ),
        ("trend", "Cochran-Armitage over N; Jonckheere with ties", "PROC FREQ, TREND JT"),
      ]
    return rows.map { topic, choice, source in
      .init(topic: "\(label) convention, \(topic)", choice: choice, source: source)
    }
  }
}
