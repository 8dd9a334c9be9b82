import CLinux
import Glibc

/// A process that has been started, and the descriptors that lead to it.
struct ProcessLaunch {
  /// Why no process could be started.
  struct Failure: Error {
    let reason: String
  }

  let process: pid_t
  /// Becomes readable when the process ends.
  let ending: CInt
  /// The host's end of the plugin's descriptor 3.
  let input: CInt
  /// The host's end of the plugin's descriptor 4.
  let output: CInt
  /// What the plugin prints.
  let log: CInt
  /// The working directory, which nobody else has.
  let folder: String
  /// A counter that interrupts whoever waits for any of the others.
  let wake: CInt
  /// The host's own peak memory at the start; see ``PeakMemory``.
  let hostPeakBytes: UInt64

  init(_ command: [String], settings: PluginHostSettings) throws(Failure) {
    guard let folder = OperatingSystem.makeTemporaryFolder(in: settings.temporaryFolder) else {
      throw Failure(
        reason: "no folder can be made in \(settings.temporaryFolder): "
          + OperatingSystem.describe(errno: errno))
    }
    do {
      self = try Self(command, in: folder, settings: settings)
    } catch {
      unsafe _ = clinux_remove_tree(folder)
      throw error
    }
  }

  private init(
    _ command: [String], in folder: String, settings: PluginHostSettings
  ) throws(Failure) {
    let pipes = try Pipes()
    hostPeakBytes = clinux_own_peak_bytes()
    let writable = Sandbox(settings).writable(folder)
    let process = Self.spawn(command, in: folder, pipes, writable: writable)
    pipes.closePluginEnds()
    guard process > 0 else {
      pipes.closeHostEnds()
      throw Failure(reason: "\(command[0]): \(OperatingSystem.describe(errno: -process))")
    }
    if let limit = settings.memoryLimitBytes { clinux_limit_address_space(process, limit) }
    let ending = clinux_process_descriptor(process)
    guard ending >= 0 else {
      pipes.closeHostEnds()
      kill(-process, SIGKILL)
      var how = clinux_exit()
      unsafe clinux_reap(process, true, &how)
      throw Failure(reason: OperatingSystem.describe(errno: -ending))
    }
    (self.process, self.ending, self.folder) = (process, ending, folder)
    (input, output) = (pipes.input.write, pipes.output.read)
    (log, wake) = (pipes.log.read, pipes.wake)
  }

  private static func spawn(
    _ command: [String], in folder: String, _ pipes: Pipes, writable: [String]?
  ) -> pid_t {
    unsafe withCStrings(command) { arguments in
      unsafe withCStrings(environment(folder)) { variables in
        unsafe withCStrings(writable ?? []) { places in
          unsafe folder.withCString { directory in
            var options = unsafe clinux_spawn_options(
              executable: arguments[0], arguments: arguments, environment: variables,
              directory: directory, standard_input: -1, standard_output: pipes.log.write,
              standard_error: pipes.log.write, descriptor3: pipes.input.read,
              descriptor4: pipes.output.write, detached: false,
              writable: writable == nil ? nil : places)
            return unsafe clinux_spawn(&options)
          }
        }
      }
    }
  }

  /// All that a plugin learns of the world it runs in.
  private static func environment(_ folder: String) -> [String] {
    let own = OperatingSystem.environment
    var variables = [
      "PATH=\(own["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")", "LANG=C.UTF-8", "TMPDIR=\(folder)",
      "SWIFT_BACKTRACE=enable=no", "DOUBLET_PLUGIN=1",
    ]
    for name in ["HOME", "TZ"] {
      if let value = own[name] { variables.append("\(name)=\(value)") }
    }
    return variables
  }
}

/// The pipes between host and plugin.
private struct Pipes {
  struct Pipe {
    var read: CInt
    var write: CInt

    init(nonblockingRead: Bool, nonblockingWrite: Bool) throws(ProcessLaunch.Failure) {
      var ends: [CInt] = [-1, -1]
      let error = unsafe clinux_pipe(&ends, nonblockingRead, nonblockingWrite)
      guard error == 0 else {
        throw ProcessLaunch.Failure(reason: OperatingSystem.describe(errno: -error))
      }
      (read, write) = (ends[0], ends[1])
    }

    func closeBoth() {
      close(read)
      close(write)
    }
  }

  let input: Pipe
  let output: Pipe
  let log: Pipe
  let wake: CInt

  // The host's ends never block; the plugin's do, as a plugin expects.
  init() throws(ProcessLaunch.Failure) {
    let input = try Pipe(nonblockingRead: false, nonblockingWrite: true)
    let output: Pipe
    do {
      output = try Pipe(nonblockingRead: true, nonblockingWrite: false)
    } catch {
      input.closeBoth()
      throw error
    }
    do {
      log = try Pipe(nonblockingRead: true, nonblockingWrite: false)
    } catch {
      input.closeBoth()
      output.closeBoth()
      throw error
    }
    (self.input, self.output) = (input, output)
    wake = clinux_wake_descriptor()
    guard wake >= 0 else {
      closePluginEnds()
      closeHostEnds()
      throw ProcessLaunch.Failure(reason: OperatingSystem.describe(errno: -wake))
    }
  }

  func closePluginEnds() {
    close(input.read)
    close(output.write)
    close(log.write)
  }

  func closeHostEnds() {
    close(input.write)
    close(output.read)
    close(log.read)
    if wake >= 0 { close(wake) }
  }
}

/// Calls `body` with a list of C strings that ends with null.
private func withCStrings<Value>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
  var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) } + [nil]
  defer { unsafe pointers.forEach { unsafe free($0) } }
  return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
    // The list has at least its null.
    unsafe body(UnsafePointer(buffer.baseAddress.unsafelyUnwrapped))
  }
}
