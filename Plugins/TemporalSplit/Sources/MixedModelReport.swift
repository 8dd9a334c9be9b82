internal import Glibc
import JSON
import PluginKit
import PluginProtocol
import RECIST
import Statistics

/// The late slope of all patients together, by a mixed model of the log size.
///
/// Every patient with a size at baseline and one after counts, also those without a scan in the
/// late window: what became of them is taken to follow from what was measured before.
struct MixedModelReport {
  let split: CohortSplit
  let options: SplitOptions
  let evidence: Evidence

  /// Beyond this a fit of every cut takes minutes.
  private static let mostPatients = 5000
  private static let cutSteps = 16
  private static let method = "mixed-model-satterthwaite"

  func write(into document: inout ResultDocument) {
    guard split.subjects.count <= Self.mostPatients else {
      document.notes.append(
        Note(
          .info, "mixed-model.too-many",
          "The mixed model is not fitted to more than \(Self.mostPatients) patients."))
      return
    }
    do {
      let series = try self.series()
      let cut = split.plan.lateStart / 7
      let model = try PiecewiseLinearModel(series, cut: cut)
      try write(model, into: &document)
      document.notes.append(try cutPoint(series, model.randomEffects))
    } catch {
      document.notes.append(
        Note(.caution, "mixed-model.none", "The mixed model cannot be fitted: \(error)."))
    }
  }

  /// Log sizes by week up to the end of the late window.
  private func series() throws(StatisticsError) -> TimeSeries {
    var (subjects, weeks, logs): ([Int], [Double], [Double]) = ([], [], [])
    let floor = split.plan.floor
    let end = split.plan.until + split.plan.window
    for (index, subject) in split.subjects.enumerated() {
      guard let baseline = subject.series.baseline, baseline > .zero else { continue }
      let scans = subject.series.scans.filter { $0.sum != nil && Double($0.day) <= end }
      guard !scans.isEmpty else { continue }
      for (day, sum) in [(0, baseline)]
        + scans.compactMap({ scan in scan.sum.map { (scan.day, $0) } })
      {
        subjects.append(index)
        weeks.append(Double(day) / 7)
        logs.append(log(max(sum, floor).value))
      }
    }
    return try TimeSeries(subjects: subjects, times: weeks, values: logs)
  }

  private func write(_ model: PiecewiseLinearModel, into document: inout ResultDocument) throws {
    let slopes = [
      ("early-slope", "Early slope, mixed model", try model.earlySlope(level: options.level)),
      ("late-slope", "Late slope, mixed model", try model.lateSlope(level: options.level)),
      ("slope-change", "Late less early slope", try model.slopeChange(level: options.level)),
    ]
    for (name, label, slope) in slopes {
      document.estimates.append(
        .init(
          name: name, label: label, value: slope.estimate, unit: "log ratio a week",
          interval: .init(
            method: Self.method, level: options.level, lower: slope.lower, upper: slope.upper)))
    }
    let late = slopes[1].2
    document.tests.append(
      .init(
        name: "late-slope", method: "mixed-model-t", alternative: "less",
        statistic: late.statistic, degreesOfFreedom: late.degreesOfFreedom,
        pValue: late.pValue(.less), versus: "late slope of 0"))
    document.methods.append(
      .init(
        topic: "mixed model",
        choice: "log size, straight up to day \(dayText(split.plan.lateStart)) and after it; REML;"
          + " random \(model.randomEffects.rawValue); \(model.model.subjects) patients,"
          + " \(model.model.observations) sizes; Satterthwaite's degrees of freedom",
        method: Self.method, source: "Bates 2015; Kuznetsova 2017"))
    document.notes.append(
      Note(
        .caution, "mixed-model.missing",
        "The mixed model's late slope speaks of \(patients(model.model.subjects)), also those who"
          + " left: it takes what became of them to follow from what was measured before. Under"
          + " chemotherapy alone it can be negative as well."))
    if model.model.isSingular || !model.omissions.isEmpty {
      document.notes.append(
        Note(
          .info, "mixed-model.singular",
          model.omissions.isEmpty
            ? "The mixed model's covariance lies on the boundary: the patients do not show that all"
              + " its slopes vary."
            : "These sizes do not tell apart as many variances as the mixed model first had; its"
              + " random effects are \(model.randomEffects.rawValue)."))
    }
  }

  /// Where the slope changes if nobody says; a sensitivity, not a date.
  private func cutPoint(
    _ series: TimeSeries, _ effects: PiecewiseLinearModel.RandomEffects
  ) throws(StatisticsError) -> Note {
    // Nearer to either end a slope would rest on a few days.
    let (first, last) = (
      split.plan.lateStart / 2, (split.plan.lateStart + split.plan.until) / 2
    )
    let cuts = (0...Self.cutSteps).map { step in
      (first + (last - first) * Double(step) / Double(Self.cutSteps)) / 7
    }
    let profile = try CutPointProfile(
      series, cuts: cuts, randomEffects: effects, level: options.level)
    let slopes = profile.points.map(\.lateSlope)
    let day = { (week: Double) in decimal(week * 7, places: 0) }
    return Note(
      .info, "mixed-model.cut-point",
      "Of days \(dayText(first)) to \(dayText(last)) the likeliest for the slope to change is"
        + " \(day(profile.best.cut))"
        + " (\(roundPercent(options.level)) profile interval from"
        + " \(profile.lower.map(day) ?? "the first") to"
        + " \(profile.upper.map(day) ?? "the last")), with a late slope of"
        + " \(decimal(profile.best.lateSlope, places: 4)) a week; over all cuts tried it runs from"
        + " \(decimal(slopes.min() ?? 0, places: 4)) to \(decimal(slopes.max() ?? 0, places: 4)).")
  }
}
