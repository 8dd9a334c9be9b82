import PluginKit

/// The least and the greatest of several p-values: `p runs from 0.0041 to 0.41`.
func pRange(_ least: Double, _ most: Double) -> String {
  let (first, last) = (pWords(least), pWords(most))
  return first == last ? "p is \(first) against each" : "p runs from \(first) to \(last)"
}
