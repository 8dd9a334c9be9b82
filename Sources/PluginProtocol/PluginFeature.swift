/// What a host offers beyond the first form of protocol 1; it names them in `initialize`.
///
/// Version 1 grows by these only. A plugin asks for nothing its host has not named, and a host
/// answers a request it does not know with JSON-RPC's "method not found".
public enum PluginFeature: String, Sendable, CaseIterable {
  /// A plugin may have the host run another analysis while it serves a run.
  case hostRun = "host.run"
}
