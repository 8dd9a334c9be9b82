/// One lesion of one patient.
public struct Lesion: Sendable, Hashable {
  public let subject: String
  public let lesion: String
  public let role: LesionRole
  public let site: String?
  /// Whether it is a lymph node, measured by its short axis.
  public let isNodal: Bool

  public init(subject: String, lesion: String, role: LesionRole, site: String?, isNodal: Bool) {
    self.subject = subject
    self.lesion = lesion
    self.role = role
    self.site = site
    self.isNodal = isNodal
  }
}
