import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// What a reader of `combined-pfs` must know.
struct PFSNotes {
  let options: CombinedPFSOptions
  let comparison: PFSComparison

  var notes: [Note] {
    get throws {
      [range] + left
        + [
          Note(
            .caution, "combined-pfs.different-patients",
            "The arms are of different patients, and where they are of different trials of different"
              + " eligibility, treatment line and scans: a difference from a prediction may be one of"
              + " patients, and agreement may be chance. Nothing here shows what caused it."),
          Note(
            .caution, "combined-pfs.limits",
            "The limits of a hazard ratio take the predicted curve for that of"
              + " \(patients(comparison.patients)) and the correlation for known."
              + (options.settings.patients == nil
                ? " Hwangbo et al. take 500 (patients=500), which narrows them: beside arms of 60 it finds a"
                  + " difference that is not there in 15 % of trials, not 5 %." : "")),
          Note(
            .info, "combined-pfs.not-survival",
            "Independent action and additivity are for times free of progression. Their authors do"
              + " not claim them for overall survival, which later treatment prolongs."),
        ] + (options.settings.firstScan == nil ? [noScan] : [])
    }
  }

  private var noScan: Note {
    Note(
      .info, "combined-pfs.no-first-scan",
      "Additivity is left out: it needs the day of the first scan, the later of the trials'"
        + " (first-scan=8w), because nobody is seen to progress before it.")
  }

  /// How the answer moves with what cannot be known.
  private var range: Note {
    let swept = comparison.swept.filter { CombinedPFSOptions.swept.contains($0.correlation) }
    let medians = swept.map { $0.independent.limited(to: comparison.horizon).median }
    let known = medians.compactMap(\.self)
    let ratios = swept.compactMap { $0.overIndependent?.coefficient.hazardRatio }
    let ratioWords =
      ratios.min().flatMap { least in
        ratios.max().map {
          ", and the hazard ratio from \(decimal(least, places: 2)) to \(decimal($0, places: 2))"
        }
      } ?? ""
    return Note(
      .caution, "combined-pfs.correlation",
      "Nothing in arms of different patients says how alike one patient's times under both parts"
        + " are. Over rank correlations of 0 to 0.6 the median of independent action"
        + " \(range(of: known, isReached: known.count == medians.count))\(ratioWords).")
  }

  private func range(of medians: [Double], isReached: Bool) -> String {
    guard let least = medians.min(), let most = medians.max() else { return "is reached at none" }
    return "runs from \(options.unit.number(least)) to \(options.unit.text(most))"
      + (isReached ? "" : " (not reached at some)")
  }

  /// Who is not in the curves.
  private var left: [Note] {
    let arms = [comparison.first, comparison.second] + (comparison.observed.map { [$0] } ?? [])
    return arms.filter { $0.missing > 0 }.map { arm in
      Note(
        .caution, "combined-pfs.missing",
        "\(patients(arm.missing)) of \(arm.name) without a day of \(options.endpoint.name)"
          + " \(are(arm.missing)) left out.")
    }
  }
}
