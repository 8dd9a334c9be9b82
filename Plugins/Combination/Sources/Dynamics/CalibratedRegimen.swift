import PluginKit
import PluginProtocol
import TumorDynamics

/// A regimen whose kill and new-lesion hazard make simulated patients do as its published arms did,
/// one calibration for each.
struct CalibratedRegimen: Sendable {
  /// One published arm and the backbone that meets it.
  struct Control: Sendable {
    let arm: PublishedArm
    let backbone: BackboneCalibration
    /// Whether it is the one analysis of its trial that counts.
    let isPrimary: Bool
  }

  let regimen: Regimen
  /// Primary analyses first.
  let controls: [Control]
  /// Arms that no backbone in reach meets, and why.
  let unmet: [(arm: PublishedArm, reason: String)]

  var primaries: [Control] { controls.filter(\.isPrimary) }

  /// Calibrates to every arm, on as many cores as there are.
  ///
  /// - Parameters:
  ///   - regimen: The backbone.
  ///   - lastDay: The last day anything is simulated for; controls with later scans go on to those.
  ///   - patients: How many to simulate for each.
  ///   - seed: The same seed gives the same bits.
  /// - Throws: `CancellationError`, and a `Refusal` where no arm can be met.
  init(_ regimen: Regimen, through lastDay: Int, patients: Int, seed: UInt64) async throws {
    let arms =
      regimen.controls.primaries
      + regimen.controls.filter { arm in
        !regimen.controls.primaries.contains(arm)
      }
    let results = try await withThrowingTaskGroup(
      of: (Int, Result<BackboneCalibration, TumorDynamicsError>).self
    ) { group in
      for (place, arm) in arms.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (
            place,
            Result { () throws(TumorDynamicsError) in
              try Self.calibration(of: regimen, to: arm, through: lastDay, patients, seed)
            }
          )
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    self.regimen = regimen
    var controls: [Control] = []
    var unmet: [(arm: PublishedArm, reason: String)] = []
    for (place, arm) in arms.enumerated() {
      switch results[place] {
      case .success(let backbone):
        controls.append(
          Control(
            arm: arm, backbone: backbone, isPrimary: regimen.controls.primaries.contains(arm)))
      case .failure(let error): unmet.append((arm, error.description))
      case nil: break
      }
    }
    (self.controls, self.unmet) = (controls, unmet)
    if controls.isEmpty {
      let reasons = unmet.map { "\($0.arm.name): \($0.reason)" }.joined(separator: "; ")
      throw Refusal("dynamics.calibration", "no published arm can be met: \(reasons)")
    }
  }

  private static func calibration(
    of regimen: Regimen, to arm: PublishedArm, through lastDay: Int, _ patients: Int, _ seed: UInt64
  ) throws(TumorDynamicsError) -> BackboneCalibration {
    let control = arm.backboneControl
    let last = max(lastDay, try control.schedule().days.last ?? 0)
    return try BackboneCalibration(
      to: control, of: regimen.backbone(through: last), model: regimen.patientModel,
      patients: patients, seed: seed)
  }
}
