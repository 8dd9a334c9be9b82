/// A test of a temporal split whose size under chemotherapy alone is wanted.
package struct SplitTest: Sendable {
  package let name: String
  /// The *p*-value for the split of one trial; called from several threads.
  package let pValue: @Sendable (SplitChanges) -> Double

  package init(_ name: String, pValue: @escaping @Sendable (SplitChanges) -> Double) {
    self.name = name
    self.pValue = pValue
  }
}
