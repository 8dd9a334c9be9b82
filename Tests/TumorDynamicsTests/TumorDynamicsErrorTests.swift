import RECIST
import Testing
import TumorDynamics

struct TumorDynamicsErrorTests {
  @Test(
    "says it in a sentence",
    arguments: [
      (.rateOutOfRange(1), "a share to calibrate to must lie strictly between 0 and 1, not 1.0"),
      (
        .responseCountToCalibrateTo(responders: 0, patients: 30),
        "a control to calibrate to needs responders and others, unlike 0/30"
      ),
      (.backboneWithoutKill, "a backbone to calibrate needs a drug with a kill rate above 0"),
      (
        .evidenceWithoutBackbone("AIPAC"),
        "AIPAC needs a calibrated backbone, every one with a weight above 0"
      ),
      (
        .impossibleSummary("AIPAC"),
        "AIPAC needs responders among patients, or a hazard ratio within its interval above 0"
      ),
      (
        .unsimulatedCriteria,
        "iRECIST is not simulated: it follows patients past progression to confirm it; use RECIST 1.1"
          + " or 1.0"
      ),
      (.noScans, "a schedule needs at least one scan after baseline"),
      (
        .scanDaysOutOfOrder([84, 42]),
        "scan days must be after day 0 and in order of time, unlike 84, 42"
      ),
      (
        .dayWithoutScan(day: 84, scanDays: [56, 112]),
        "there is no scan on day 84; the scan days are 56, 112"
      ),
      (
        .windowsOutOfOrder(early: 168, late: 84),
        "the late scan (day 84) must follow the early one (day 168)"
      ),
      (.tooFewPatients(1), "at least 2 patients must be simulated, not 1"),
      (.tooFewReplicates(0), "at least 2 trials must be simulated, not 0"),
      (.noDecayRates, "at least one decay rate of the kill is needed"),
      (
        .unusableConstant(name: "measurement CV", value: -1),
        "measurement CV must be finite and not negative, not -1.0"
      ),
      (
        .notPositive(name: "the cycle length", value: 0),
        "the cycle length must be finite and above 0, not 0.0"
      ),
      (.shareOutOfRange(1.5), "a share lies between 0 and 1, unlike 1.5"),
      (.twoDrugsWithOneName(["A", "A"]), "every drug needs a name of its own, unlike A, A"),
      (.primingWithoutKill, "priming by chemotherapy needs a drug with a kill rate above 0"),
      (
        .tooManyCompartments(14),
        "solving step by step takes at most 13 transit compartments, not 14"
      ),
      (
        .windowsOverlap(days: 7, scanDays: [10, 20]),
        "scans up to 7 days early or late would overlap on the scan days 10, 20"
      ),
      (.correlationOutOfRange(1.5), "a correlation lies between -1 and 1, unlike 1.5"),
      (
        .responseRateOutOfReach(rate: 0.9, lowest: 0, highest: 0.7),
        "no kill rate gives a response rate of 0.9 on this schedule: it runs from 0.0 to 0.7"
      ),
      (
        .progressionFreeShareOutOfReach(share: 0.9, day: 84, lowest: 0.2, highest: 0.7),
        "no new-lesion hazard gives a progression-free share of 0.9 at day 84.0 together with this"
          + " response rate: it runs from 0.2 to 0.7"
      ),
      (.dayBeyondScans(day: 300, lastScan: 168), "day 300.0 lies after the last scan on day 168"),
      (
        .tooFewContribute(share: 0.001),
        "only a share of 0.001 of simulated patients have both scans: a trial would never fill"
      ),
    ] as [(TumorDynamicsError, String)])
  func sentence(error: TumorDynamicsError, expected: String) {
    #expect(error.description == expected)
  }

  @Test("iRECIST is refused of a trial and of a control, not simulated as RECIST 1.1")
  func immuneCriteria() throws {
    let conduct = TrialConduct(schedule: try ScanSchedule([56, 112]), standard: .immune)
    let drug = DosedDrug("drug", killPerDay: 0.006, decayPerDay: 0.02, exposure: .constant)
    let treatment = CombinationTreatment(drugs: [drug])
    #expect(throws: TumorDynamicsError.unsimulatedCriteria) {
      try VirtualArm(.standard, under: treatment, conduct: conduct)
    }
    let control = BackboneControl(responders: 5, patients: 20, standard: .immune)
    #expect(throws: TumorDynamicsError.unsimulatedCriteria) {
      try BackboneCalibration(to: control, of: treatment, patients: 100, seed: 1)
    }
  }
}
