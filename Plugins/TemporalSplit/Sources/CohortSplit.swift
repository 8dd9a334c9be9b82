/// Every patient's follow-up cut into windows.
struct CohortSplit: Sendable {
  let plan: SplitPlan
  let subjects: [SubjectSplit]
  /// The patients with a baseline size and a scan at every boundary.
  let contributors: [SubjectSplit]

  init(_ series: [TumorSeries], plan: SplitPlan) {
    self.plan = plan
    subjects = series.map { SubjectSplit($0, plan: plan) }
    contributors = subjects.filter(\.isComplete)
  }

  /// r₂ of the contributors.
  var late: [Double] { contributors.compactMap(\.late) }
  /// r₁ of the contributors.
  var early: [Double] { contributors.compactMap(\.early) }
  /// How many contributors still shrink in the last window.
  var shrinking: Int { late.count { $0 < 0 } }

  /// The same patients cut otherwise.
  func with(_ change: (inout SplitPlan) -> Void) -> CohortSplit {
    var plan = plan
    change(&plan)
    return CohortSplit(subjects.map(\.series), plan: plan)
  }
}
