/// p-values adjusted so that those below α are, of all found, wrong in a share of α on average.
///
/// The p-value at place i of m in rising order becomes the least of m pⱼ / j over j ≥ i; the same
/// as R's `p.adjust(method = "BH")`. In the order they came.
///
/// ## References
///
/// - Benjamini Y, Hochberg Y (1995). Controlling the false discovery rate: a practical and powerful
///   approach to multiple testing. *J R Stat Soc B* 57:289–300.
public func falseDiscoveryRates(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted { pValues[$0] > pValues[$1] }
  var adjusted = pValues
  var least = 1.0
  for (place, index) in order.enumerated() {
    let rank = Double(pValues.count - place)
    least = min(least, pValues[index] * Double(pValues.count) / rank)
    adjusted[index] = least
  }
  return adjusted
}
