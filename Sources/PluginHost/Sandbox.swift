import CLinux

/// What the kernel keeps plugin processes from, by Landlock.
package struct Sandbox: Sendable, Hashable {
  /// The version of Landlock the kernel offers; 0 where it offers none.
  let version: Int
  let isWanted: Bool

  /// What this kernel offers, where the settings want it.
  init(_ settings: PluginHostSettings, version: Int = Int(clinux_sandbox_version())) {
    isWanted = settings.isSandboxed
    self.version = version
  }

  package var isInForce: Bool { isWanted && version > 0 }

  /// The places a plugin may write in; nil where nothing keeps it from others.
  ///
  /// Shared memory is among them because locks between a plugin's own processes live there.
  func writable(_ folder: String) -> [String]? {
    isInForce ? [folder, "/dev/null", "/dev/shm"] : nil
  }

  /// What is in force, in a sentence, and what is not.
  package var sentence: String {
    guard isInForce else {
      return isWanted
        ? "plugins are not sandboxed: this kernel offers no Landlock"
        : "plugins are not sandboxed: the settings say so"
    }
    let network =
      version >= 4
      ? "no TCP is theirs, UDP and named Unix sockets are" : "the network is open to them"
    let signals = version >= 6 ? "; they signal none but their own processes" : ""
    return "plugins write only in their own working folder and /dev/shm, and read what doubletd may"
      + " read; \(network)\(signals) (Landlock version \(version))"
  }
}

extension PluginHost {
  /// What keeps plugins in bounds.
  package var sandbox: Sandbox { Sandbox(settings) }
}
