import RECIST
import TrialDesign

@testable import TumorDynamics

extension ChemotherapyModel {
  /// The standard model with what a test wants to be sure of.
  static func make(
    spread: Double? = nil, growth: Double? = nil, cv: Double? = nil, hazard: Double? = nil,
    notEvaluable: Double? = nil
  ) -> Self {
    var model = standard
    if let spread {
      model.baselineSpread.value = spread
      model.growthSpread.value = spread
      model.killSpread.value = spread
      model.decaySpread.value = spread
    }
    if let growth { model.growth.value = growth }
    if let cv { model.measurementCV.value = cv }
    if let hazard { model.newLesionHazard.value = hazard }
    if let notEvaluable { model.notEvaluableShare.value = notEvaluable }
    return model
  }
}

extension VirtualPatients {
  /// Every scan of one patient.
  func scans(_ stream: RandomStream) -> [Scan] {
    var course = patient(stream)
    var scans: [Scan] = []
    while let scan = nextScan(of: &course) { scans.append(scan) }
    return scans
  }

  func scans(seed: UInt64 = 1, patient: Int = 0) -> [Scan] {
    scans(RandomStream(seed: seed, replicate: 0, patient: patient))
  }
}
