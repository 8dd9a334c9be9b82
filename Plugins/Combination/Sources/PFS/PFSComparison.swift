import PluginKit
import PluginProtocol
import TimeToEvent

/// The arms of a question, and its predictions over all correlations.
struct PFSComparison: Sendable {
  let first: ArmTimes
  let second: ArmTimes
  let observed: ArmTimes?
  /// The day all curves are compared to: the least at which one of them ends.
  let horizon: Double
  /// How many patients a predicted curve counts for.
  let patients: Int
  let quoted: PredictedPFS
  /// In order of the correlation, the quoted one among them.
  let swept: [PredictedPFS]

  /// A curve is compared as so many at most.
  private static let mostPatients = 100_000

  /// The kind of refusal where arms have times, and no hazard ratio or curve comes of them.
  static let unusable = "data.unusable"

  /// - Throws: `Refusal` where the curves cannot answer.
  init(
    _ first: ArmTimes, _ second: ArmTimes, _ observed: ArmTimes?, _ settings: PFSSettings,
    _ context: RunContext
  ) throws {
    let arms = [first, second] + (observed.map { [$0] } ?? [])
    // A curve that has come down to 0 is known for ever, however early that was.
    let ends = arms.map(\.curve.knownTo).filter { $0 < .infinity }
    let known = ends.min() ?? arms.map(\.lastDay).max() ?? 0
    if let wanted = settings.horizon, wanted > known {
      throw Refusal(
        "parameter.value",
        "until= is day \(dayText(wanted)), and the shortest follow-up of the arms ends on day"
          + " \(dayText(known)): no curve can be compared after it", parameter: "until",
        expected: "at most \(dayText(known))d")
    }
    (self.first, self.second, self.observed) = (first, second, observed)
    let horizon = settings.horizon ?? known
    let patients =
      settings.patients ?? min(first.sample.subjects, second.sample.subjects, Self.mostPatients)
    (self.horizon, self.patients) = (horizon, patients)
    func predict(_ correlation: Double) throws -> PredictedPFS {
      try context.checkCancellation()
      do {
        return try PredictedPFS(
          first, second, observed: observed, correlation: correlation,
          firstScan: settings.firstScan, patients: patients, until: horizon,
          level: settings.level)
      } catch {
        throw Refusal(Self.unusable, "the curves cannot be compared: \(error)")
      }
    }
    let quoted = try predict(settings.correlation)
    swept = try Set(settings.swept + [settings.correlation]).sorted().map {
      $0 == settings.correlation ? quoted : try predict($0)
    }
    self.quoted = quoted
  }

  /// The horizon's area under a curve, in days.
  func restrictedMean(_ curve: SurvivalFunction) throws(TimeToEventError) -> Double {
    // A curve that has come down to 0 is known for ever.
    try curve.restrictedMean(to: horizon)
  }
}
