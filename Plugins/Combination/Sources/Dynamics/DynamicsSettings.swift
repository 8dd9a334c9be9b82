import PluginKit
import PluginProtocol

/// What a request for `model=dynamics` chooses.
struct DynamicsSettings: Sendable {
  /// New patients the trial has.
  let patients: Int
  let level: Double
  /// The prior probability that the agent has no effect.
  let noEffect: Double
  /// τ: the standard deviation of ln *KI* between diseases.
  let heterogeneity: Double
  /// Simulated patients for each effect and control.
  var replicates: Int
  /// Days between the trial's scans.
  let scanInterval: Int
  let seed: UInt64

  /// The trial is followed to here: 48 weeks.
  static let lastDay = 336
  /// The ends of the temporal split's windows: 12 and 24 weeks.
  static let split = (earlyDay: 84, lateDay: 168)

  private static let replicateRange = 200...100_000
  private static let intervalRange = 7.0...168

  /// Of a prediction.
  init(_ request: RunRequest) throws(Refusal) {
    let values = request.values
    let common = try PredictionSettings(values)
    let days = try values.days("scan-interval")
    guard Self.intervalRange.contains(days), days == days.rounded() else {
      throw .parameter(
        "scan-interval", "\(shortNumber(days))d", expected: "whole days, from 7 to 168")
    }
    try self.init(
      request, patients: common.patients, level: common.level, scanInterval: Int(days))
  }

  /// Of trials that have their own patients and scans.
  init(backtest request: RunRequest, level: Double) throws(Refusal) {
    try self.init(request, patients: 30, level: level, scanInterval: 42)
  }

  private init(
    _ request: RunRequest, patients: Int, level: Double, scanInterval: Int
  ) throws(Refusal) {
    let values = request.values
    (self.patients, self.level, self.scanInterval) = (patients, level, scanInterval)
    noEffect = try Self.number("no-effect", in: 0...1, values)
    heterogeneity = try Self.number("heterogeneity", in: 0...3, values)
    replicates = try values.int("replicates")
    guard Self.replicateRange.contains(replicates) else {
      throw .parameter(
        "replicates", "\(replicates)", expected: "a whole number, from 200 to 100000")
    }
    seed = request.seed.flatMap(UInt64.init) ?? 0
  }

  private static func number(
    _ name: String, in range: ClosedRange<Double>, _ values: Parameters
  ) throws(Refusal) -> Double {
    let number = try values.double(name)
    guard range.contains(number) else {
      throw .parameter(
        name, shortNumber(number),
        expected: "a number from \(shortNumber(range.lowerBound)) to"
          + " \(shortNumber(range.upperBound))")
    }
    return number
  }

  /// A calibration meets a median to a hundredth, for which it needs some patients.
  var calibrationPatients: Int { max(replicates, Self.replicateRange.lowerBound) }

  /// The trial's scan days.
  var scanDays: [Int] { Array(stride(from: scanInterval, through: Self.lastDay, by: scanInterval)) }

  /// Nothing where the windows of the temporal split do not end on scan days.
  var split: (earlyDay: Int, lateDay: Int)? {
    let days = scanDays
    return days.contains(Self.split.earlyDay) && days.contains(Self.split.lateDay)
      ? Self.split : nil
  }
}
