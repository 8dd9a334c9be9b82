@testable import TimeToEvent

extension ComputedRow {
  private static func ofRhythm(isStratified: Bool) throws -> CoxCoefficient {
    let data = try ReferenceSample.named("whas500")
    return try CoxModel(
      data.eventTimes(), [data.covariate("without")],
      strata: isStratified ? data.grouping("gender") : nil
    ).coefficients[0]
  }

  /// Patients without atrial fibrillation against those with it, as CAMIS runs them through R and,
  /// told to use Efron's ties, through SAS.
  static let worcester = [
    Self("surv-051") {
      let (effect, stratified) = try (ofRhythm(isStratified: false), ofRhythm(isStratified: true))
      return [
        "hr": .number(effect.hazardRatio), "ci": PublishedValue(try effect.hazardRatioLimits()),
        "stratified_hr": .number(stratified.hazardRatio),
        "stratified_ci": PublishedValue(try stratified.hazardRatioLimits()),
      ]
    }
  ]
}
