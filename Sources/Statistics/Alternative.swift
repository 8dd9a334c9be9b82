/// What the observed response rate is suspected of, against the one it is compared with.
public enum Alternative: String, Sendable, Hashable, Codable, CaseIterable {
  case twoSided = "two-sided"
  /// The rate (of the treated group, where there are two) is larger.
  case greater
  /// The rate (of the treated group, where there are two) is smaller.
  case less
}
