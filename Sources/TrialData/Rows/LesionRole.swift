/// What a lesion is to the response criteria, coded as CDISC codes it.
public enum LesionRole: String, Sendable, Codable, CaseIterable {
  case target = "TARGET"
  case nonTarget = "NON-TARGET"
  case new = "NEW"
}
