import RECIST
import TrialData

/// How the sum of diameters of one patient went, in percent of baseline.
struct TumorCourse: Sendable, Hashable {
  struct Point: Sendable, Hashable {
    let day: Int
    /// Minus 100 where everything is gone.
    let percentChange: Double
  }

  let subject: String
  /// After baseline, with every target lesion measured, until another therapy began.
  let points: [Point]

  /// The deepest change; nil where nothing after baseline could be compared.
  var best: Double? { points.map(\.percentChange).min() }

  /// Nil where there is no baseline to compare with.
  init?(_ history: LesionHistory, before cut: Int?) {
    let targets = history.timePoints.compactMap { point in point.target.map { (point.day, $0) } }
    guard let baseline = targets.first?.1.baseline, baseline > .zero else { return nil }
    self.init(
      subject: history.subject, baseline: baseline,
      sums: targets.compactMap { day, target in target.sumOfDiameters.map { (day, $0) } },
      before: cut)
  }

  /// From sums as they were reported; the last up to day 0 is the baseline.
  init?(subject: String, reported assessments: [Assessment], before cut: Int?) {
    let sums = assessments.sorted { $0.day < $1.day }.compactMap { assessment in
      assessment.sumOfDiameters.map { (assessment.day, $0) }
    }
    guard let baseline = sums.last(where: { $0.0 <= 0 })?.1, baseline > .zero else { return nil }
    self.init(
      subject: subject, baseline: baseline, sums: sums.filter { $0.0 > 0 }, before: cut)
  }

  private init(
    subject: String, baseline: Millimeters, sums: [(Int, Millimeters)], before cut: Int?
  ) {
    self.subject = subject
    points = sums.filter { day, _ in cut.map { day < $0 } ?? true }.map { day, sum in
      let change = sum.tenThousandths - baseline.tenThousandths
      return Point(
        day: day, percentChange: 100 * Double(change) / Double(baseline.tenThousandths))
    }
  }
}
