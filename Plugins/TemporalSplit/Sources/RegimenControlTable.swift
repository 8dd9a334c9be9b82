import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// What chemotherapy alone was calibrated to, and the new-lesion hazards that met it.
struct RegimenControlTable {
  let swept: [RegimenReferenceResult.Sweep]

  init(_ swept: [RegimenReferenceResult.Sweep]) { self.swept = swept }

  var table: ResultDocument.ResultTable {
    .init(
      name: "reference-controls", title: "Controls chemotherapy alone was calibrated to",
      columns: [
        .init("control", "Control", .text), .init("trial", "Trial", .text),
        .init("responders", "Responders", .count), .init("patients", "Patients", .count),
        .init("rate", "Rate", .percent), .init("median", "Median PFS, months", .number),
        .init("interval", "Days between scans", .number),
        .init("not_evaluable", "Not evaluable", .count), .init("assessor", "Assessor", .text),
        .init("hazard_least", "New-lesion hazard from", .number),
        .init("hazard_most", "to", .number), .init("standing", "Standing", .text),
      ], rows: swept.map(row))
  }

  private func row(_ sweep: RegimenReferenceResult.Sweep) -> [JSONValue] {
    let control = sweep.control
    let hazards = sweep.rows.map(\.calibration.model.newLesionHazard.value)
    return [
      .string(control.name), .string(control.trial), .integer(Int64(control.responders)),
      .integer(Int64(control.patients)), .number(control.rate),
      control.medianMonths.map(JSONValue.number) ?? .null, .integer(Int64(control.interval)),
      .integer(Int64(control.notEvaluable)), .string(control.assessor),
      .number(hazards.min() ?? 0), .number(hazards.max() ?? 0), .string(standing(control)),
    ]
  }

  private func standing(_ control: ReferenceControl) -> String {
    var parts: [String] = []
    if !control.unverified.isEmpty {
      parts.append("unverified: \(control.unverified.joined(separator: ", "))")
    }
    if control.declaredInterval == nil { parts.append("scan interval assumed") }
    if control.medianMonths == nil { parts.append("hazard assumed") }
    return parts.isEmpty ? "as published" : parts.joined(separator: "; ")
  }
}
