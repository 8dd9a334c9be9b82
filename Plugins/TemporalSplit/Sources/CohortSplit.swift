/// Every patient's follow-up cut into windows.
struct CohortSplit: Sendable {
  let plan: SplitPlan
  let subjects: [SubjectSplit]
  /// The patients with a baseline size and a scan at every boundary.
  let contributors: [SubjectSplit]
  /// r₁ of the contributors.
  let early: [Double]
  /// r₂ of the contributors.
  let late: [Double]

  init(_ series: [TumorSeries], plan: SplitPlan) {
    self.plan = plan
    subjects = series.map { SubjectSplit($0, plan: plan) }
    contributors = subjects.filter(\.isComplete)
    early = contributors.compactMap(\.early)
    late = contributors.compactMap(\.late)
  }

  /// How many contributors still shrink in the last window.
  var shrinking: Int { late.count { $0 < 0 } }

  /// How many contributors are in by a scan just as far from its day as the tolerance allows.
  var onTheEdge: Int { contributors.count { $0.isOnTheEdge(of: plan) } }

  /// r₂ of those who contribute when the same patients are cut otherwise.
  func late(with change: (inout SplitPlan) -> Void) -> [Double] {
    var changed = plan
    change(&changed)
    if changed == plan { return late }
    let boundaries = changed.boundaries
    return subjects.compactMap { $0.series.lateChange(changed, boundaries: boundaries) }
  }
}
