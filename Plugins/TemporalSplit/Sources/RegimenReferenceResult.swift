import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// The sweeps of chemotherapy alone as each control of a regimen had it, ready to be shown.
struct RegimenReferenceResult: SimulatedReference {
  /// One control with the rates that meet it and what follows.
  struct Sweep: Sendable {
    let control: ReferenceControl
    let reference: ChemotherapyReference
    let rows: [ReferenceAtRate]
  }

  let regimen: RegimenControls
  /// At least one.
  let swept: [Sweep]
  /// Controls no simulated chemotherapy meets, and why.
  let unmet: [(control: ReferenceControl, reason: String)]

  /// - Throws: `Refusal` where no control can be met.
  init(
    regimen: RegimenControls, swept: [Sweep],
    unmet: [(control: ReferenceControl, reason: String)]
  ) throws(Refusal) {
    self.regimen = regimen
    self.swept = swept
    self.unmet = unmet
    guard swept.isEmpty else { return }
    throw Refusal(
      "reference.controls",
      "reference=plugin:\(regimen.name): no control can be met: \(Self.words(unmet))",
      parameter: "reference")
  }

  private static func words(_ unmet: [(control: ReferenceControl, reason: String)]) -> String {
    unmet.map { "\($0.control.name): \($0.reason)" }.joined(separator: "; ")
  }

  private var rows: [ReferenceAtRate] { swept.flatMap(\.rows) }
  private var controls: String { swept.map(\.control.text).joined(separator: ", ") }

  var evidence: Evidence? {
    Evidence(
      rows,
      source:
        "simulated as the controls of \(regimen.name) (\(controls)) on this trial's scan days,"
        + " decay rates \(decayRates) per day; test at \(decimal(rows[0].level, places: 3))",
      dependence: "the control and on a rate")
  }

  private var decayRates: String {
    let rates = regimen.decayRates
    return "\(JSONValue(rates.min() ?? 0).text) to \(JSONValue(rates.max() ?? 0).text)"
  }

  func write(_ split: CohortSplit, into document: inout ResultDocument) {
    document.tables += [table(split), RegimenControlTable(swept).table]
    document.notes += [result(split), assumed]
    if !unmet.isEmpty {
      document.notes.append(
        Note(.caution, "reference.regimen.unmet", "Left out: \(Self.words(unmet))."))
    }
    document.methods += methods
    document.citations += swept.map { "\($0.control.trial): \($0.control.citation)" }
  }

  private func table(_ split: CohortSplit) -> ResultDocument.ResultTable {
    .init(
      name: SweepTable.name, title: SweepTable.title,
      columns: [.init("control", "Control", .text)] + SweepTable.columns,
      rows: swept.flatMap { sweep in
        sweep.rows.map { [.string(sweep.control.name)] + SweepTable.cells($0, split) }
      })
  }

  // MARK: Notes

  private func result(_ split: CohortSplit) -> Note {
    let found = SweptPValues(rows, split)
    let each = swept.map { sweep in
      "\(sweep.control.text) \(SweptPValues(sweep.rows, split).shareWords)"
    }
    return Note(
      .warning, "reference.regimen",
      "Under chemotherapy alone as in the controls of \(regimen.name), at least \(split.shrinking) of"
        + " \(split.late.count) still shrink with \(found.shareWords) (\(each.joined(separator: "; "))),"
        + " and the mean late change is at most \(decimal(split.late.mean ?? 0, places: 3)) with"
        + " \(found.meanWords), as the decay rate goes from \(decayRates) per day (Monte-Carlo error at"
        + " most \(decimal(found.error, places: 4))). The reference cannot decide: the answer hangs on"
        + " the control and on that rate, and these data identify neither.")
  }

  /// What stands behind the numbers that nobody has published or compared.
  private var assumed: Note {
    let controls = swept.map(\.control)
    func names(_ condition: (ReferenceControl) -> Bool) -> String? {
      let names = controls.filter(condition).map(\.name)
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    var sentences = [
      "Assumed: patients as in \(regimen.disease), responses unconfirmed, no death without"
        + " progression and no drop-out after the first scan"
    ]
    if let names = names({ $0.declaredInterval == nil }) {
      sentences.append(
        "scans every \(ReferenceControl.assumedInterval) days are assumed of \(names)")
    }
    if let names = names({ $0.medianMonths == nil }) {
      sentences.append("\(names) without a median PFS: the assumed new-lesion hazard is kept")
    }
    for control in controls where !control.unverified.isEmpty {
      sentences.append(
        "\(control.name) has unverified numbers (\(control.unverified.joined(separator: ", ")))")
    }
    if regimen.alternatives > 0 {
      let count = regimen.alternatives
      sentences.append(
        "\(count) other \(count == 1 ? "analysis" : "analyses") of the same trials \(are(count)) left out"
      )
    }
    return Note(
      .caution, "reference.regimen.assumed", sentences.joined(separator: "; ") + ".")
  }

  // MARK: Method card

  private var methods: [ResultDocument.MethodChoice] {
    let reference = swept[0].reference
    let days = reference.schedule.days.map(String.init).joined(separator: ", ")
    return [
      .init(
        topic: "chemotherapy alone",
        choice:
          "\(reference.replicates) trials of \(reference.patients) contributing patients a control and"
          + " decay rate, scanned on days \(days); kill and new-lesion hazard solved together for the"
          + " control's response rate and median progression-free survival at its own scans, with"
          + " \(reference.calibrationPatients) patients; seed \(reference.seed)",
        source: "Claret 2009")
    ]
      + regimen.model.constants.filter { !Self.calibrated.contains($0.name) }.map {
        ResultDocument.MethodChoice($0)
      }
  }

  /// What differs from control to control, and stands in their table.
  private static let calibrated = [
    ChemotherapyModel.standard.newLesionHazard.name,
    ChemotherapyModel.standard.notEvaluableShare.name,
  ]
}
