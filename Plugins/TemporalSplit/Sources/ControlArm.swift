import JSON
import PluginKit
import PluginProtocol
import Statistics
import TrialData

/// The late change compared with that of a control: an arm of the same data, or another data set.
///
/// The hypothesis is that arms are labels: the labels of all contributors are permuted, and *p* is
/// the share of permutations, with the observed labels as one of them, at least as extreme. A
/// smaller mean late change speaks for the treatment, and so does a larger share still shrinking.
///
/// ## References
///
/// - Phipson B, Smyth GK (2010). Permutation p-values should never be zero. *Stat Appl Genet Mol
///   Biol* 9:39.
struct ControlArm {
  /// What it is called, such as "arm A".
  let name: String
  let control: CohortSplit
  let split: CohortSplit
  let options: SplitOptions
  let seed: UInt64

  init(_ control: ReferencePatients, split: CohortSplit, options: SplitOptions, seed: UInt64)
    throws(Refusal)
  {
    name = control.name
    self.control = CohortSplit(control.series, plan: split.plan)
    self.split = split
    self.options = options
    self.seed = seed
    guard self.control.contributors.count >= SplitRefusal.fewest else {
      let count = self.control.contributors.count
      throw Refusal(
        "data.too-few-pairs",
        "\(count) of the \(patients(control.series.count)) of \(name) \(count == 1 ? "has" : "have") scans at"
          + " all the days; at least \(SplitRefusal.fewest) are needed", parameter: "reference")
    }
  }

  func write(into document: inout ResultDocument, _ context: RunContext) throws {
    let permutation = LatePermutation(
      treated: split.late, control: control.late, replicates: options.replicates, seed: seed)
    let found = try permutation.result(context)
    document.tests += [
      .init(
        name: "late-change-mean", method: "permutation", alternative: "less",
        statistic: permutation.meanDifference, pValue: found.mean.pValue,
        versus: "\(name), mean late change"),
      .init(
        name: "late-shrinking-share", method: "permutation", alternative: "greater",
        statistic: permutation.shareDifference, pValue: found.share.pValue,
        versus: "\(name), share still shrinking"),
    ]
    document.notes.append(
      Note(
        .caution, "reference.arm",
        "In \(name) \(control.shrinking) of \(control.late.count) still shrink, of"
          + " \(patients(control.subjects.count)). The p-values are of \(options.replicates) permutations"
          + " (Monte-Carlo errors \(decimal(found.mean.error, places: 4)) and"
          + " \(decimal(found.share.error, places: 4))). They compare those who are left in each arm:"
          + " only if as many left, for the same reasons, is that a comparison of treatments."))
  }
}
