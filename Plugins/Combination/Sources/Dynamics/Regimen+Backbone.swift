import Foundation
import PluginData
import Statistics
import TumorDynamics

extension Regimen {
  /// The patients of the engine, with what the regimen declares of them.
  var patientModel: ChemotherapyModel {
    var model = ChemotherapyModel.standard
    model.growth = constants[.growthRate]
    model.growthSpread = constants[.growthSpread]
    model.decaySpread = constants[.decaySpread]
    model.killSpread = constants[.killSpread]
    model.baseline = constants[.baselineSum]
    model.baselineSpread = constants[.baselineSpread]
    model.measurementCV = constants[.measurementCV]
    return model
  }

  /// The drugs with every dose through a day, for the engine to calibrate.
  ///
  /// A dose is one unit of its drug's effect, which wears off with the effect's half-life; every
  /// drug has the same share of the kill, as no published arm tells them apart.
  ///
  /// - Throws: `TumorDynamicsError` for constants nothing can be simulated with.
  func backbone(through lastDay: Int) throws(TumorDynamicsError) -> CombinationTreatment {
    let given = TreatmentCalendar(self, through: lastDay).rows
    let drugs = try given.map { row throws(TumorDynamicsError) in
      DosedDrug(
        row.drug.name, killPerDay: Self.startingKill / Double(given.count),
        decayPerDay: constants[.resistanceDecay].value,
        exposure: .doses(
          try EffectCompartment(
            doses: row.days.map { Dose(day: Double($0 - 1)) },
            eliminationPerDay: log(2) / constants[.effectHalfLife].value,
            cycleDays: Double(course.cycleDays), dosesPerCycle: Double(row.drug.days.count))))
    }
    return CombinationTreatment(drugs: drugs)
  }

  /// Any rate above 0: a calibration keeps the ratios of the drugs and solves the rest.
  private static let startingKill = 0.006
}

extension PublishedArm {
  /// Days between scans where none are declared.
  static let assumedScanInterval = 56.0

  /// What a simulated backbone has to meet.
  ///
  /// Responses are taken as unconfirmed and read by RECIST 1.1, as no arm declares otherwise.
  var backboneControl: BackboneControl {
    BackboneControl(
      responders: count.responders, patients: count.patients,
      medianDays: medianProgressionFreeMonths.map { $0 * TimeUnit.months.days },
      scanIntervalDays: Int((scanInterval ?? Self.assumedScanInterval).rounded()),
      notEvaluableShare: Double(notEvaluable ?? 0) / Double(count.patients))
  }
}
