import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// The sweep of a model of chemotherapy alone, ready to be shown.
struct ModelReferenceResult: SimulatedReference {
  let rows: [ReferenceAtRate]
  let reference: ChemotherapyReference
  let rateText: String

  /// How often test (i) is positive, over the sweep.
  var evidence: Evidence? {
    Evidence(
      rows,
      source: "simulated with a control response rate of \(rateText) on this trial's scan days,"
        + " decay rates \(decayRates) per day; test at \(decimal(rows.first?.level ?? 0, places: 3))"
    )
  }

  private var decayRates: String {
    let rates = rows.map(\.decayPerDay)
    return "\(JSONValue(rates.min() ?? 0).text) to \(JSONValue(rates.max() ?? 0).text)"
  }

  func write(_ split: CohortSplit, into document: inout ResultDocument) {
    document.tables.append(
      .init(
        name: SweepTable.name, title: SweepTable.title, columns: SweepTable.columns,
        rows: rows.map { SweepTable.cells($0, split) }))
    let found = SweptPValues(rows, split)
    document.notes.append(
      Note(
        .warning, "reference.model",
        "Under chemotherapy alone with the control's response rate \(rateText), at least"
          + " \(split.shrinking) of \(split.late.count) still shrink with \(found.shareWords), and the"
          + " mean late change is at most \(decimal(split.late.mean ?? 0, places: 3)) with"
          + " \(found.meanWords), as the decay rate goes from \(decayRates) per day (Monte-Carlo error"
          + " at most \(decimal(found.error, places: 4))). These data do not identify that rate."))
    document.methods += assumptions
  }

  /// The model's constants, each with where it is from.
  private var assumptions: [ResultDocument.MethodChoice] {
    let constants = reference.model.constants.map { ResultDocument.MethodChoice($0) }
    let days = reference.schedule.days.map(String.init).joined(separator: ", ")
    return [
      .init(
        topic: "chemotherapy alone",
        choice:
          "\(reference.replicates) trials of \(reference.patients) contributing patients a decay"
          + " rate, scanned on days \(days), with the control's response rate \(rateText) on the same"
          + " days; seed \(reference.seed)", source: "Claret 2009")
    ] + constants
  }
}
