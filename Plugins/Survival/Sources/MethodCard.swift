import PluginProtocol
import TimeToEvent

/// Each convention that was chosen where tools differ.
struct MethodCard {
  let options: SurvivalOptions
  let isCompared: Bool

  var choices: [ResultDocument.MethodChoice] {
    curveChoices + (isCompared ? comparisonChoices : [])
  }

  private var curveChoices: [ResultDocument.MethodChoice] {
    [
      .init(
        topic: "time",
        choice: "days as the data set counts them; a month is 30.4375 days; a patient censored on a"
          + " day of events counts as at risk for them"),
      .init(
        topic: "limits of curves",
        choice: "\(options.primaryScale.rawValue) scale first, Greenwood's variance. By default R's"
          + " survfit takes log, SAS's LIFETEST and lifelines log-log, tern plain",
        source: "Borgan and Liestol 1990"),
      .init(
        topic: "median and quartiles",
        choice: Self.rule(options.conventions) + ". lifelines takes the first time at or below the"
          + " share", source: "Brookmeyer and Crowley 1982"),
      .init(
        topic: "follow-up", choice: "reverse Kaplan-Meier: events count as censored",
        source: "Schemper and Smith 1996"),
      .init(
        topic: "restricted mean",
        choice:
          "area under the curve up to until=, or the shortest of the groups' longest follow-ups;"
          + " variance by Greenwood's formula, as in R's survfit and survRM2. By default survRM2 goes"
          + " on to the longest where curves end in events",
        source: "Royston and Parmar 2013"),
    ]
  }

  private static func rule(_ conventions: SurvivalConventions) -> String {
    let level = "where the curve runs level at the share, the middle of that run"
    return switch conventions {
    case .r: level + "; a run to the end of follow-up ends there (R's quantile.survfit)"
    case .sas: level + "; no time where the curve falls no further (SAS's LIFETEST)"
    case .tern: level + "; its start where the curve falls no further (R's summary, tern)"
    }
  }

  private var comparisonChoices: [ResultDocument.MethodChoice] {
    [
      .init(
        topic: "tests of equal hazards",
        choice: "hypergeometric variance, two-sided. What SAS and lifelines call Peto is peto-peto;"
          + " R's survdiff(rho = 1) is fleming-harrington with rho=1 gamma=0",
        source: "Klein and Moeschberger 2003, section 7.3"),
      .init(
        topic: "ties of the Cox model",
        choice:
          "\(options.ties.rawValue). By default R's coxph, lifelines and tern take efron, SAS's"
          + " PHREG breslow; exact is R's exact and SAS's DISCRETE"),
      .init(
        topic: "hazard ratio",
        choice: "of the group over the reference, limits and test by Wald; they agree with each"
          + " other, and the log-rank test may differ from both"),
      .init(
        topic: "proportional hazards",
        choice: "score test against 1 - S(t-), as R's cox.zph since survival 3.0; earlier versions"
          + " and lifelines test a correlation of residuals",
        source: "Grambsch and Therneau 1994"),
    ]
  }

  /// Of analyses that were asked for beside the usual ones.
  var extras: [ResultDocument.MethodChoice] {
    var extras: [ResultDocument.MethodChoice] = []
    if options.by != nil, options.combinesWeights {
      extras.append(
        .init(
          topic: "maxcombo",
          choice:
            "largest of Fleming and Harrington's (0, 0), (0, 1), (1, 0) and (1, 1), two-sided, by"
            + " integration; R's simtrial and nph leave that to mvtnorm",
          source: "Lin et al. 2020"))
    }
    if !options.historicalMedians.isEmpty {
      extras.append(
        .init(
          topic: "historical median",
          choice: "exponential with that median, events against those expected; one-sample-log-rank"
            + " (O - E)/√E, wu (O - E)/√((O + E)/2), exact-poisson and exponential by doubling a tail",
          source: "Breslow 1975; Finkelstein et al. 2003; Wu 2014"))
    }
    if options.responderLandmark != nil {
      extras.append(
        .init(
          topic: "responders",
          choice:
            "by response up to the landmark, among those followed to it; Mantel and Byar's test"
            + " takes response as a state that changes with time",
          source: "Anderson, Cain and Gelber 1983; Mantel and Byar 1974"))
    }
    return extras
  }

  /// Beside ``choices`` where subgroups are compared.
  static let subgroups = ResultDocument.MethodChoice(
    topic: "subgroups",
    choice:
      "hazard ratios of the Cox model within each; interaction by the likelihood ratio of groups"
      + " times subgroups over groups plus subgroups. Wald's test of it, which programs also show,"
      + " can differ",
    source: "Wang et al. 2007")

  static func citations(isCompared: Bool) -> [String] {
    [
      "Kaplan EL, Meier P (1958). Nonparametric estimation from incomplete observations. J Am Stat"
        + " Assoc 53:457-481.",
      "Brookmeyer R, Crowley J (1982). A confidence interval for the median survival time."
        + " Biometrics 38:29-41.",
    ]
      + (isCompared
        ? [
          "Cox DR (1972). Regression models and life-tables. J R Stat Soc B 34:187-220.",
          "Klein JP, Moeschberger ML (2003). Survival Analysis, 2nd ed. Springer.",
        ] : [])
  }
}
