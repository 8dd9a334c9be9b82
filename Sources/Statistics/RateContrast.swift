/// How two response rates are set against each other.
public enum RateContrast: String, Sendable, Hashable, Codable, CaseIterable {
  /// p₁ − p₂, the rate difference.
  case difference
  /// p₁ / p₂, the relative risk.
  case ratio
  /// p₁ (1 − p₂) / (p₂ (1 − p₁)).
  case oddsRatio = "odds-ratio"
}
