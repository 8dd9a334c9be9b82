import Foundation
import TumorDynamics

extension ImmuneAgent {
  /// The immune kill of the agent given on its own days through a day, at full dose.
  func kill(through lastDay: Int, of regimen: Regimen) -> ImmuneKill {
    let days =
      TreatmentCalendar(regimen, with: self, through: lastDay).rows.first(where: \.isImmune)?.days
      ?? []
    let signal = ImmuneSignal(
      .injections(days.map { Dose(day: Double($0 - 1)) }),
      intervalDays: Double(course.cycleDays) / Double(drug.days.count),
      depotRate: log(2) / constants[.eliminationHalfLife].value,
      meanTransitDays: constants[.transitTime].value,
      lossRate: 1 / constants[.signalLifetime].value)
    return ImmuneKill(
      killPerDay: constants[.effectMedian].value, spread: constants[.immuneSpread].value,
      correlation: constants[.immuneCorrelation].value, signal: signal)
  }
}
