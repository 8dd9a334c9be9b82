/// The patients of a trial of chemotherapy alone, but for the kill rate and its decay.
///
/// Each patient follows ``ClaretModel`` with log-normal random effects: a constant is the median,
/// the standard deviations are those of the logarithm. What a scan shows is
/// *y*(1 + CV · *e*) with a standard normal *e*, rounded to whole millimeters, and never less than
/// the size too small to measure. New lesions appear at a constant hazard. Patients who leave
/// before their first scan are not evaluable.
///
/// The sum is simulated as one lesion: non-target lesions, deaths and drop-out after the first scan
/// are left out, and no patient's disease vanishes.
package struct ChemotherapyModel: Sendable, Hashable {
  /// The median sum of diameters before treatment.
  package var baseline: ModelConstant
  package var baselineSpread: ModelConstant
  package var growth: ModelConstant
  package var growthSpread: ModelConstant
  package var killSpread: ModelConstant
  package var decaySpread: ModelConstant
  package var measurementCV: ModelConstant
  /// What a lesion too small to measure counts for.
  package var measurementFloor: ModelConstant
  package var newLesionHazard: ModelConstant
  package var notEvaluableShare: ModelConstant

  /// Every constant, in the order of the model's description.
  package var constants: [ModelConstant] {
    [
      baseline, baselineSpread, growth, growthSpread, killSpread, decaySpread, measurementCV,
      measurementFloor, newLesionHazard, notEvaluableShare,
    ]
  }

  /// Refuses constants nothing can be simulated with.
  func check() throws(TumorDynamicsError) {
    for constant in constants where !(constant.value >= 0 && constant.value.isFinite) {
      throw .unusableConstant(name: constant.name, value: constant.value)
    }
    guard baseline.value > 0 else {
      throw .unusableConstant(name: baseline.name, value: baseline.value)
    }
    guard notEvaluableShare.value < 1 else { throw .rateOutOfRange(notEvaluableShare.value) }
  }
}

extension ChemotherapyModel {
  private static let claret =
    "Claret L et al. (2014), carboplatin and paclitaxel in lung cancer (MONET1), as coded in"
    + " nlmixr2lib Claret_2014_motesanib_tumorsize_OS"

  /// The constants the workbench starts from; growth and spreads are those of lung cancer.
  package static let standard = Self(
    baseline: ModelConstant(
      "baseline sum of diameters", 60, unit: "mm", .assumed,
      "a middling tumor burden; published medians run from 60 to 90 mm"),
    baselineSpread: ModelConstant(
      "SD of log baseline", 0.6, unit: "", .assumed, "rounded from .683 of \(claret)"),
    growth: ModelConstant("growth rate KL", 0.00107, unit: "1/day", .published, claret),
    growthSpread: ModelConstant(
      "SD of log growth rate", 1.0, unit: "", .assumed, "rounded from 1.18 of \(claret)"),
    killSpread: ModelConstant(
      "SD of log kill rate", 0.68, unit: "", .published, "rounded from .679 of \(claret)"),
    decaySpread: ModelConstant(
      "SD of log decay rate", 0.5, unit: "", .assumed, "below .797 of \(claret)"),
    measurementCV: ModelConstant(
      "measurement CV", 0.05, unit: "", .assumed,
      "one reader; 0.113 is the residual of Struemper et al. (2025), CPT Pharmacometrics Syst"
        + " Pharmacol 14:1006"),
    measurementFloor: ModelConstant(
      "size too small to measure", 5, unit: "mm", .published,
      "Eisenhauer EA et al. (2009), Eur J Cancer 45:228–247"),
    newLesionHazard: ModelConstant(
      "new-lesion hazard", 0.0012, unit: "1/day", .assumed,
      "about 10 % of patients in 12 weeks; calibrate it where progression is known"),
    notEvaluableShare: ModelConstant(
      "share without a scan", 0, unit: "", .assumed, "every patient is scanned"))
}
