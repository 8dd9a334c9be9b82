/// What a plugin says it is; `plugin.toml` must say the same.
public struct PluginIdentity: Sendable, Hashable {
  public var id: String
  public var version: String

  public init(id: String, version: String) {
    self.id = id
    self.version = version
  }
}
