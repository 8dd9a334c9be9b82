import JSON
import PluginKit
import PluginProtocol
import RECIST
import Statistics
import TumorDynamics

/// The conventions of `virtual-trials`, and every constant its patients are made of.
struct VirtualTrialsMethodCard {
  let report: VirtualTrialsReport

  private var plan: TrialPlan { report.plan }
  private var settings: VirtualTrialsSettings { report.settings }

  var choices: [ResultDocument.MethodChoice] {
    [
      .init(
        topic: "virtual trials",
        choice:
          "\(report.tally.replicates) trials; a patient depends on the seed \(settings.seed), the"
          + " trial's number and their own alone"),
      .init(
        topic: "tumor dynamics",
        choice:
          "d ln y/dt = KL - KD e(t) exp(-lambda t) - KI X(t), kills added; doses on their own days",
        source: "Claret 2009"),
      .init(
        topic: "calibration",
        choice: "KD \(significant(report.backbone.killPerDay, digits: 4)) and new-lesion hazard"
          + " \(significant(report.backbone.newLesionHazard, digits: 4)) a day, solved together with"
          + " \(report.backbone.patients) patients for response rate and median progression-free"
          + " survival at the control's own scans"),
      .init(topic: "scans", choice: scans),
      .init(topic: "criteria", choice: criteria),
      .init(topic: "limits", choice: "Clopper-Pearson, of the error that simulating leaves alone"),
    ] + tests + constants
  }

  private var scans: String {
    let days = settings.schedule.days.map(String.init).joined(separator: ", ")
    let window =
      settings.windowDays == 0 ? "" : ", each within \(settings.windowDays) days, any as likely"
    let dropout =
      settings.dropout == 0
      ? "nobody drops out" : "\(percent(settings.dropout)) drop out by day 168"
    return "days \(days)\(window); \(dropout); no deaths without progression"
  }

  private var criteria: String {
    let confirmation = settings.isConfirmed ? "confirmed at 28 days or later" : "unconfirmed"
    return "\(settings.standard.label), responses \(confirmation); not evaluable counts as failure"
  }

  private var tests: [ResultDocument.MethodChoice] {
    var choices: [ResultDocument.MethodChoice] = []
    if settings.isRandomized {
      choices = [
        .init(
          topic: "test \(settings.responseMethod.rawValue)",
          choice: settings.responseMethod.convention),
        .init(
          topic: "test log-rank",
          choice:
            "of planned scans, ties by the hypergeometric variance; p = 1 without progression",
          source: "Mantel 1966"),
      ]
    } else {
      choices = [
        .init(
          topic: "test exact-doubled",
          choice: "exact binomial against a published rate taken as fixed;"
            + " \(OneSampleTest.Method.exactDoubled.convention)")
      ]
    }
    return choices
  }

  /// Every constant with its basis.
  private var constants: [ResultDocument.MethodChoice] {
    let model = plan.treatment.regimen.patientModel
    let declared = plan.treatment.regimen.constants
    let patients = [
      model.baseline, model.baselineSpread, model.growth, model.growthSpread, model.killSpread,
      declared[.resistanceDecay], model.decaySpread, declared[.effectHalfLife],
      model.measurementCV, model.measurementFloor,
    ]
    return (patients + immune).map { constant in
      let unit = constant.unit.isEmpty || constant.unit == "1" ? "" : " \(constant.unit)"
      return .init(
        topic: constant.name.replacing("_", with: " "),
        choice: "\(JSONValue(constant.value).text)\(unit), \(constant.basis.rawValue)",
        source: constant.source)
    }
  }

  private var immune: [ModelConstant] {
    guard let agent = plan.treatment.agent else { return [] }
    let declared = agent.declared.constants
    return [
      declared[.immuneSpread], declared[.immuneCorrelation], declared[.eliminationHalfLife],
      declared[.transitTime], declared[.signalLifetime], agent.halfDose,
    ]
  }

  static let citations = [
    "Claret L et al. (2009). Model-based prediction of phase III overall survival in colorectal"
      + " cancer on the basis of phase II tumor dynamics. J Clin Oncol 27:4103-4108.",
    "Mantel N (1966). Evaluation of survival data and two new rank order statistics arising in its"
      + " consideration. Cancer Chemother Rep 50:163-170.",
  ]
}
