/// The limits plugins run under, and where they are looked for.
package struct PluginHostSettings: Sendable, Hashable {
  /// How long a plugin may take from its start to its greeting.
  package var startLimit = Duration.seconds(5)
  package var runLimit = Duration.seconds(600)
  /// How long a warm process may wait for its next run.
  package var idleLimit = Duration.seconds(60)
  /// From a `cancel`, or the end of its input, to SIGTERM.
  package var cancelGrace = Duration.seconds(1)
  /// From SIGTERM to SIGKILL.
  package var killGrace = Duration.seconds(1)
  /// The address space of a plugin; nil where a sanitizer needs more than any limit allows.
  package var memoryLimitBytes: UInt64? = 4 << 30
  /// The processor time a run may use, all threads of its process together; nil for no limit.
  ///
  /// What a plugin starts of its own inherits the limit and is counted by itself.
  package var cpuLimit: Duration?
  /// How much more a process may use that does not heed the kernel's signal.
  package var cpuGrace = Duration.seconds(2)
  /// Whether plugins are kept from changing files that are not theirs, where the kernel can.
  package var isSandboxed = true
  package var maximumLineBytes = 64 << 20
  package var processesPerPlugin = 1
  /// Deaths in a row, within the window and with no answered run between, that hold a plugin back.
  package var deathsBeforeHold = 3
  package var deathWindow = Duration.seconds(60)
  /// The first time a plugin is held back; every further time takes twice as long.
  package var firstHold = Duration.seconds(10)
  package var longestHold = Duration.seconds(600)
  /// Where executables are looked up after the plugin's own folder.
  package var executableFolder: String
  /// Where the private working directories are made.
  package var temporaryFolder: String
  /// Whether reports of progress that fall, or come out of range, are dropped.
  package var dropsBadProgress = true
  /// Names no analysis may take, because they are commands.
  package var reservedNames: Set<String> = []

  /// The defaults, with the folder of the running program for executables.
  package init() {
    processesPerPlugin = OperatingSystem.processorCount
    executableFolder = OperatingSystem.executableFolder
    temporaryFolder = OperatingSystem.environment["TMPDIR"] ?? "/tmp"
  }
}
