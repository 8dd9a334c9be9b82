import JSON
import PluginProtocol
/// Which values of a definition nobody has compared with their source yet.
struct Verification: Sendable, Hashable {
  /// Names of keys; empty where everything was compared.
  let unverified: Set<String>

  static let complete = Self(unverified: [])

  func isUnverified(_ key: String) -> Bool { unverified.contains(key) }

  init(unverified: Set<String>) { self.unverified = unverified }

  /// From `unverified = true`, which is said of every value, or a list of keys.
  init(_ section: DefinitionSection, of keys: [String]) {
    guard let value = section.object["unverified"] else {
      self = .complete
      return
    }
    if let flag = value.bool {
      self.init(unverified: flag ? Set(keys) : [])
      return
    }
    let names = section.value("unverified", "true, or a list of keys") { value in
      let names = value.array?.compactMap(\.string)
      return names?.count == value.array?.count ? names : nil
    }
    for (index, name) in (names ?? []).enumerated() where !keys.contains(name) {
      let hint = keys.nearest(to: name).map { "; did you mean \"\($0)\"?" } ?? ""
      section.problem("unverified.\(index)", "\"\(name)\" is no key that can be unverified\(hint)")
    }
    self.init(unverified: Set(names ?? []))
  }
}
