import PluginProtocol

/// The regimens that are installed beside the one a request is about, calibrated once each.
struct InstalledRegimens: Sendable {
  private let regimens: [String: Regimen]

  /// Definitions with problems are left out: who asks for one is told that it is not there.
  init(_ request: RunRequest, own: (name: String, regimen: Regimen)? = nil) {
    var regimens: [String: Regimen] = [:]
    for (name, definition) in request.installed ?? [:] {
      guard case .regimen(let regimen) = TreatmentDefinition.read(definition.object).definition
      else { continue }
      regimens[name] = regimen
    }
    if let own { regimens[own.name] = own.regimen }
    self.regimens = regimens
  }

  subscript(_ name: String) -> Regimen? { regimens[name] }
}
