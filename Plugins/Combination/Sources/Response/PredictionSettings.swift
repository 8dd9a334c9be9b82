import PluginKit
import PluginProtocol

/// What a request for a prediction chooses.
struct PredictionSettings: Sendable {
  /// The levels at which a combination can be predicted.
  enum Model: String, Sendable, CaseIterable {
    case response, dynamics, all
  }

  let model: Model
  /// How many new patients responders are predicted for.
  let patients: Int
  /// Latent correlation of a patient's sensitivities to backbone and agent.
  let correlation: Double
  let level: Double

  private static let mostPatients = 2000

  init(_ values: Parameters) throws(Refusal) {
    model = try values.choice("model")
    patients = try values.int("patients")
    guard (1...Self.mostPatients).contains(patients) else {
      throw .parameter(
        "patients", "\(patients)", expected: "a whole number, from 1 to \(Self.mostPatients)")
    }
    correlation = try values.correlation()
    level = try values.double("level")
    guard level > 0, level < 1 else {
      throw .parameter(
        "level", "\(level)", expected: "a probability strictly between 0 and 1")
    }
  }
}
