/// How one patient's sum of diameters moves in time.
package protocol SumOfDiametersModel: Sendable {
  /// The sum in millimeters at a time after the start of treatment.
  func millimeters(at time: Double) -> Double

  /// The time of the smallest sum (time to growth, TTG): 0 for a tumor that only grows, infinity
  /// for one that only shrinks.
  var timeToGrowth: Double { get }
}
