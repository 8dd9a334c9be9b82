import PluginKit
import PluginProtocol
import Statistics

/// Each convention that was chosen where tools differ.
struct MethodCard {
  let options: SplitOptions
  let cohort: Cohort
  let tests: LateChangeTests

  var choices: [ResultDocument.MethodChoice] {
    let wilcoxon = "wilcoxon-" + tests.method.rawValue
    return [
      .init(
        topic: "sums of diameters",
        choice: cohort.source.words),
      .init(
        topic: "scan at a day",
        choice:
          "the nearest measured one within \(dayText(options.plan.window)) days, of two as near"
          + " the earlier"),
      .init(
        topic: "floor", choice: "sums below \(options.plan.floor) mm count for that",
        source: "RECIST 1.1, too small to measure"),
      .init(
        topic: "response at a scan",
        choice: "as reported, else by new lesions and the sum; the time point, not the best so far",
        source: "Eisenhauer 2009, section 4.3"),
      .init(
        topic: "alternative",
        choice: "one-sided, late shrinkage; intervals are two-sided, so that a"
          + " \(roundPercent(options.level)) interval agrees with a one-sided test at"
          + " \(decimal(options.alpha / 2, places: 3))"),
      .init(
        topic: "zeros", choice: options.zeros.convention, method: wilcoxon),
      .init(
        topic: "test \(wilcoxon)", choice: tests.method.convention, method: wilcoxon),
      .init(
        topic: "interval hodges-lehmann",
        choice: "the changes the signed rank test accepts; attained level"
          + " \(roundPercent(tests.location.attainedLevel))"
          + (tests.location.isExact ? ", exact" : ", normal approximation"),
        method: "hodges-lehmann"),
      .init(
        topic: "test mcnemar-exact", choice: McNemarTest.Method.exact.convention,
        method: "mcnemar-exact"),
      .init(
        topic: "interval tango", choice: PairedDifferenceInterval.Method.tango.convention,
        method: "tango"),
    ]
  }

  static let citations = [
    "Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours: revised RECIST"
      + " guideline (version 1.1). Eur J Cancer 45:228-247.",
    "Hollander M, Wolfe DA, Chicken E (2014). Nonparametric Statistical Methods, 3rd ed. Wiley.",
    "Claret L et al. (2009). Model-based prediction of phase III overall survival in colorectal"
      + " cancer on the basis of phase II tumor dynamics. J Clin Oncol 27:4103-4108.",
  ]
}
