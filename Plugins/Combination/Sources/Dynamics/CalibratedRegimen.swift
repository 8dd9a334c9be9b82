import PluginKit
import PluginProtocol
import Statistics
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
    let primaries = regimen.controls.primaries
    let arms = primaries + regimen.controls.filter { !primaries.contains($0) }
    let results = try await withThrowingTaskGroup(
      of: (Int, Result<BackboneCalibration, TumorDynamicsError>).self
    ) { group in
      for (place, arm) in arms.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (
            place,
            Result { () throws(TumorDynamicsError) in
              try Self.calibration(
                of: regimen, to: arm.backboneControl, through: lastDay, patients, seed)
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
          Control(arm: arm, backbone: backbone, isPrimary: primaries.contains(arm)))
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

  /// A backbone for every primary control, and for lower and higher rates it may have.
  struct Point: Sendable {
    let control: String
    let weight: Double
    let backbone: BackboneCalibration
  }

  /// Each primary control as three rates of its count's posterior (Jeffreys): the count's own and
  /// those √3 standard deviations of a normal variable from the middle, which with ⅔ and ⅙ each have a
  /// normal variable's mean and variance (Gauss–Hermite).
  ///
  /// A rate that no backbone meets leaves its weight to the control's others. Controls count alike.
  ///
  /// With the name of a trial that has a control of its own only that control is used.
  func spread(
    ofTrial trial: String? = nil, through lastDay: Int, patients: Int, seed: UInt64
  ) async throws -> [Point] {
    let all = primaries.isEmpty ? controls : primaries
    let own = all.filter { $0.arm.trial == trial }
    let used = own.isEmpty ? all : own
    return try await withThrowingTaskGroup(of: (Int, [Point]).self) { group in
      for (place, control) in used.enumerated() {
        group.addTask {
          let others = Self.otherCounts(control.arm.count).compactMap { responders in
            var arm = control.arm.backboneControl
            arm.responders = responders
            return Task.isCancelled
              ? nil : try? Self.calibration(of: regimen, to: arm, through: lastDay, patients, seed)
          }
          try Task.checkCancellation()
          let weights = [2 / 3.0] + others.map { _ in 1 / 6.0 }
          let whole = weights.reduce(0, +) * Double(used.count)
          return (
            place,
            zip([control.backbone] + others, weights).map {
              Point(control: control.arm.name, weight: $1 / whole, backbone: $0)
            }
          )
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }
        .flatMap(\.value)
    }
  }

  private static func otherCounts(_ count: ResponseCount) -> [Int] {
    let shape = BetaShape.jeffreys.updated(by: count)
    // Φ(±√3).
    return [0.041_632_258_331_775_4, 0.958_367_741_668_224_6].compactMap { tail in
      let responders = Int((shape.quantile(tail) * Double(count.patients)).rounded())
      let isPossible = responders > 0 && responders < count.patients
      return isPossible && responders != count.responders ? responders : nil
    }
  }

  private static func calibration(
    of regimen: Regimen, to control: BackboneControl, through lastDay: Int, _ patients: Int,
    _ seed: UInt64
  ) throws(TumorDynamicsError) -> BackboneCalibration {
    let last = max(lastDay, try control.schedule().days.last ?? 0)
    return try BackboneCalibration(
      to: control, of: regimen.backbone(through: last), model: regimen.patientModel,
      patients: patients, seed: seed)
  }
}
