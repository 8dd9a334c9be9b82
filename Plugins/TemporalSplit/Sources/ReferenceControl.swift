internal import Glibc
import JSON
import PluginData
import PluginKit
import PluginProtocol
import TumorDynamics

/// A published arm of chemotherapy alone, as far as a reference needs it.
struct ReferenceControl: Sendable, Hashable {
  let name: String
  let trial: String
  let responders: Int
  let patients: Int
  /// Median progression-free survival; without it the hazard of new lesions is not calibrated.
  let medianMonths: Double?
  /// Days between scans; nothing where the regimen does not declare it.
  let declaredInterval: Int?
  let notEvaluable: Int
  let assessor: String
  let citation: String
  /// Fields nobody has compared with the source.
  let unverified: [String]

  /// Days between scans where none are declared.
  static let assumedInterval = 56

  var interval: Int { declaredInterval ?? Self.assumedInterval }
  var rate: Double { Double(responders) / Double(patients) }
  /// `e2100-irf 54/243`.
  var text: String { "\(name) \(responders)/\(patients)" }
  var medianDays: Double? { medianMonths.map { $0 * TimeUnit.months.days } }

  /// Its own scans: one every interval, to the first not before 24 weeks and twice the median.
  var scanDays: [Int] {
    let last = Int((max(168, 2 * (medianDays ?? 0)) / Double(interval)).rounded(.up))
    return (1...max(last, 1)).map { $0 * interval }
  }

  /// What the engine is calibrated to beside the response rate.
  var progressionFree: CalibrationTarget.ProgressionFree? {
    medianDays.map { .init(share: 0.5, day: $0) }
  }
}

extension ReferenceControl {
  /// - Throws: `Refusal` that names the control and the field it lacks.
  init(_ object: JSONObject, of regimen: String) throws(Refusal) {
    let name = object["name"]?.string ?? "a control without a name"
    func missing(_ field: String) -> Refusal {
      Refusal(
        "reference.controls",
        "reference=plugin:\(regimen): the control \(name) has no usable \"\(field)\"",
        parameter: "reference")
    }
    guard let responders = object["responders"]?.integer else { throw missing("responders") }
    guard let patients = object["patients"]?.integer, patients > 0,
      (0...patients).contains(responders)
    else { throw missing("patients") }
    var interval: Int?
    if let text = object["scan_interval"]?.string {
      guard let days = ParameterDeclaration.days(text), days >= 1 else {
        throw missing("scan_interval")
      }
      interval = Int(days.rounded())
    }
    self.init(
      name: name, trial: object["trial"]?.string ?? name, responders: Int(responders),
      patients: Int(patients), medianMonths: object["median_pfs_months"]?.number,
      declaredInterval: interval, notEvaluable: Int(object["not_evaluable"]?.integer ?? 0),
      assessor: object["assessor"]?.string ?? "unstated",
      citation: object["citation"]?.string ?? "no citation",
      unverified: (object["unverified"]?.array ?? []).compactMap(\.string))
  }
}
