import PluginKit

// Numbers as the abstract of a paper has them.

extension CombinationEvidence.HazardRatio {
  /// As abstracts have it: `.93 (.67-1.30)`.
  var text: String { "\(brief(value)) (\(brief(lower))-\(brief(upper)))" }
}

/// A share in whole percent.
func whole(_ share: Double) -> String { decimal(share * 100, places: 0) }

/// Two decimals without the zero before them.
func brief(_ value: Double) -> String {
  let text = decimal(value, places: 2)
  return text.hasPrefix("0.") ? String(text.dropFirst()) : text
}

/// A p-value in a range: `.0004`, `.41`.
func briefP(_ p: Double) -> String {
  guard p < 0.01 else { return brief(p) }
  guard p >= 0.0001 else { return "<.0001" }
  return String(decimal(p, places: p < 0.001 ? 4 : 3).dropFirst())
}
