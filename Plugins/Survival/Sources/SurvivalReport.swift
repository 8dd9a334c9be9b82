import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// Turns times to an event into estimates, tests, tables, figures and notes.
struct SurvivalReport {
  let options: SurvivalOptions
  let cohort: Cohort
  let curves: [SurvivalCurve]

  init(options: SurvivalOptions, cohort: Cohort) throws {
    self.options = options
    self.cohort = cohort
    curves = zip(cohort.labels, try cohort.samples()).map { SurvivalCurve($0, $1) }
  }

  func write(into document: inout ResultDocument, _ context: RunContext) throws {
    document.notes = cohort.notes
    let medians = try MedianReport(options: options, cohort: cohort, curves: curves)
    try medians.write(into: &document)
    try Landmarks(options: options, curves: curves).write(into: &document)
    document.tables.append(AtRiskTable(options: options, curves: curves).table)
    if let derived = cohort.derived { try write(derived, into: &document) }
    try FollowUp(options: options, curves: curves).write(into: &document)
    try context.checkCancellation()
    try RestrictedMeans(options: options, cohort: cohort, curves: curves).write(into: &document)
    document.primary = medians.primary
    if let groups = cohort.groups {
      let comparison = Comparison(options: options, cohort: cohort, groups: groups)
      try comparison.write(into: &document)
      if let pair = comparison.primary(in: document) { document.primary = pair }
      try Subgroups(options: options, cohort: cohort, groups: groups).write(into: &document)
    }
    document.methods =
      (cohort.derived.map(card) ?? [])
      + MethodCard(options: options, isCompared: cohort.groups != nil).choices
    try HistoricalMedian(options: options, cohort: cohort, curves: curves).write(into: &document)
    if let responses = cohort.responses, let day = options.responderLandmark {
      try ResponderLandmark(options: options, cohort: cohort, responses: responses, day: day)
        .write(into: &document)
    }
    document.methods += MethodCard(options: options, isCompared: false).extras
    if !options.subgroups.isEmpty { document.methods.append(MethodCard.subgroups) }
    document.citations = MethodCard.citations(isCompared: cohort.groups != nil)
    document.figures.insert(
      try SurvivalFigure(options: options, cohort: cohort, curves: curves).figure, at: 0)
  }

  private func write(_ derived: DerivedTimes, into document: inout ResultDocument) throws {
    let endings = EndingsTable(derived: derived, curves: cohort.members)
    document.tables.append(endings.table)
    if let table = endings.afterPartialResponse { document.tables.append(table) }
    let between = BetweenScans(options: options, derived: derived, curves: cohort.members)
    if let table = between.table() {
      document.tables.append(table)
      document.notes.append(BetweenScans.noLimits)
    }
    if cohort.subjects.count <= SwimmerFigure.mostPatients {
      let swimmer = SwimmerFigure(options: options, derived: derived, curves: cohort.members)
      document.figures.append(swimmer.figure)
    } else {
      document.notes.append(
        Note(
          .info, "figures.swimmer",
          "The swimmer is left out: it shows up to \(SwimmerFigure.mostPatients) patients."))
    }
    guard options.listsTimes else { return }
    document.tables.append(TimesTable(endpoints: [derived], subjects: cohort.subjects).table)
  }

  private func card(_ derived: DerivedTimes) -> [ResultDocument.MethodChoice] {
    DerivationCard(
      options: derived.options, source: derived.source, endpoints: [derived.endpoint]
    ).choices
  }
}
