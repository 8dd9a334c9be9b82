/// Everything the module refuses to simulate.
package enum TumorDynamicsError: Error, Hashable {
  case rateOutOfRange(Double)
  /// Without responders, or without others, no kill rate is the one.
  case responseCountToCalibrateTo(responders: Int, patients: Int)
  case backboneWithoutKill
  case evidenceWithoutBackbone(String)
  case impossibleSummary(String)
  case noScans
  case scanDaysOutOfOrder([Int])
  case dayWithoutScan(day: Int, scanDays: [Int])
  case windowsOutOfOrder(early: Int, late: Int)
  case tooFewPatients(Int)
  case tooFewReplicates(Int)
  case noDecayRates
  case unusableConstant(name: String, value: Double)
  case notPositive(name: String, value: Double)
  case correlationOutOfRange(Double)
  case shareOutOfRange(Double)
  case twoDrugsWithOneName([String])
  /// Priming is relative to the chemotherapy's kill, of which there is none.
  case primingWithoutKill
  case tooManyCompartments(Int)
  /// iRECIST takes progression to be unconfirmed until a later scan, which is not simulated.
  case unsimulatedCriteria
  /// Two scans could fall on one day, or one before treatment.
  case windowsOverlap(days: Int, scanDays: [Int])
  /// No kill rate gives this response rate on this schedule.
  case responseRateOutOfReach(rate: Double, lowest: Double, highest: Double)
  case progressionFreeShareOutOfReach(share: Double, day: Double, lowest: Double, highest: Double)
  case dayBeyondScans(day: Double, lastScan: Int)
  /// Too few simulated patients have both scans.
  case tooFewContribute(share: Double)
}

extension TumorDynamicsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rateOutOfRange(let rate):
      "a share to calibrate to must lie strictly between 0 and 1, not \(rate)"
    case .responseCountToCalibrateTo(let responders, let patients):
      "a control to calibrate to needs responders and others, unlike \(responders)/\(patients)"
    case .backboneWithoutKill: "a backbone to calibrate needs a drug with a kill rate above 0"
    case .evidenceWithoutBackbone(let name):
      "\(name) needs a calibrated backbone, every one with a weight above 0"
    case .impossibleSummary(let name):
      "\(name) needs responders among patients, or a hazard ratio within its interval above 0"
    case .noScans: "a schedule needs at least one scan after baseline"
    case .scanDaysOutOfOrder(let days):
      "scan days must be after day 0 and in order of time, unlike \(Self.list(days))"
    case .dayWithoutScan(let day, let scanDays):
      "there is no scan on day \(day); the scan days are \(Self.list(scanDays))"
    case .windowsOutOfOrder(let early, let late):
      "the late scan (day \(late)) must follow the early one (day \(early))"
    case .tooFewPatients(let patients): "at least 2 patients must be simulated, not \(patients)"
    case .tooFewReplicates(let replicates):
      "at least 2 trials must be simulated, not \(replicates)"
    case .noDecayRates: "at least one decay rate of the kill is needed"
    case .unusableConstant(let name, let value):
      "\(name) must be finite and not negative, not \(value)"
    case .notPositive(let name, let value): "\(name) must be finite and above 0, not \(value)"
    case .shareOutOfRange(let share): "a share lies between 0 and 1, unlike \(share)"
    case .twoDrugsWithOneName(let names):
      "every drug needs a name of its own, unlike \(names.joined(separator: ", "))"
    case .primingWithoutKill: "priming by chemotherapy needs a drug with a kill rate above 0"
    case .tooManyCompartments(let count):
      "solving step by step takes at most 13 transit compartments, not \(count)"
    case .unsimulatedCriteria:
      "iRECIST is not simulated: it follows patients past progression to confirm it; use RECIST 1.1 or"
        + " 1.0"
    case .windowsOverlap(let days, let scanDays):
      "scans up to \(days) days early or late would overlap on the scan days"
        + " \(Self.list(scanDays))"
    case .correlationOutOfRange(let correlation):
      "a correlation lies between -1 and 1, unlike \(correlation)"
    case .responseRateOutOfReach(let rate, let lowest, let highest):
      "no kill rate gives a response rate of \(rate) on this schedule: it runs from \(lowest) to"
        + " \(highest)"
    case .progressionFreeShareOutOfReach(let share, let day, let lowest, let highest):
      "no new-lesion hazard gives a progression-free share of \(share) at day \(day) together"
        + " with this response rate: it runs from \(lowest) to \(highest)"
    case .dayBeyondScans(let day, let lastScan):
      "day \(day) lies after the last scan on day \(lastScan)"
    case .tooFewContribute(let share):
      "only a share of \(share) of simulated patients have both scans: a trial would never fill"
    }
  }

  private static func list(_ days: [Int]) -> String {
    days.isEmpty ? "none" : days.map(String.init).joined(separator: ", ")
  }
}
