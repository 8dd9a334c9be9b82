/// Which patients of a simulated trial contribute to its temporal split.
package enum SplitRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// Those who were scanned on both days: patients are followed up to and including their first
  /// PD, so that one seen at the late scan counts.
  case scannedAtBoth = "scanned-at-both"
  /// Those without PD up to and including the late scan.
  case progressionFree = "progression-free"
}
