/// The days between which a patient's disease progressed: after one scan and by another.
package struct ProgressionInterval: Sendable, Hashable {
  /// The last scan without progression; 0 is baseline.
  package let after: Int
  /// The scan that showed progression; nothing where none did.
  package let by: Int?

  package init(after: Int, by: Int?) {
    self.after = after
    self.by = by
  }
}
