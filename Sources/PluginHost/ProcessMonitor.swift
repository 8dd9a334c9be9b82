import Glibc
import JSON
import PluginProtocol
import Synchronization

/// The thread of one plugin process: starts it, listens to it, and sees it off.
///
/// It sleeps in `poll` and signals the process only before it has reaped it, so that no signal can
/// reach a stranger who was given the same process id.
struct ProcessMonitor: ~Copyable {
  /// Why the host ends the process.
  enum EndCause {
    /// It does not: the process ended by itself.
    case none
    case violation(ProtocolViolation)
    case startTimedOut
  }

  static let chunkSize = 64 << 10

  let owner: PluginProcess
  let launch: ProcessLaunch
  var lines: LineBuffer
  var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
  var outputIsOpen = true
  var logIsOpen = true
  var logMeter = LogMeter()
  var cause = EndCause.none
  var wasReady = false
  /// What the plugin did wrong without harm to a run; it ends the process once it is idle.
  var stain: ProtocolViolation?

  /// The body of the thread.
  static func run(_ owner: PluginProcess) {
    do throws(ProcessLaunch.Failure) {
      let launch = try ProcessLaunch(owner.plugin.command, settings: owner.settings)
      var monitor = ProcessMonitor(owner, launch)
      monitor.greet()
      monitor.watch()
      monitor.finish()
    } catch {
      owner.startFailed(error.reason)
    }
  }

  private init(_ owner: PluginProcess, _ launch: ProcessLaunch) {
    self.owner = owner
    self.launch = launch
    lines = LineBuffer(limit: owner.settings.maximumLineBytes)
  }

  private func greet() {
    let limit = OperatingSystem.nanoseconds + owner.settings.startLimit.nanoseconds
    owner.state.withLock { [launch] state in
      (state.process, state.wake, state.input) = (launch.process, launch.wake, launch.input)
      guard state.isOpen else { return state.closeInput() }
      state.send(state.session.greet().bytes + [UInt8(ascii: "\n")])
      state.setDeadline(.start, limit)
    }
  }

  // MARK: Watching

  mutating func watch() {
    while true {
      var descriptors = self.descriptors
      let timeout = prepareToSleep()
      let count = unsafe poll(&descriptors, nfds_t(descriptors.count), timeout)
      let failed = count < 0 && errno != EINTR
      owner.state.withLock { $0.sleepsUntil = .min }
      if failed { return }
      if count > 0 {
        if descriptors[0].revents != 0 { clearWake() }
        if descriptors[1].revents != 0 { owner.state.withLock { $0.flush() } }
        if descriptors[2].revents != 0 { readLog() }
        if descriptors[3].revents != 0 { readOutput() }
        if descriptors[4].revents != 0 { return }
      }
      meetDeadline()
    }
  }

  var descriptors: [pollfd] {
    let input = owner.state.withLock { $0.unsent.isEmpty ? -1 : $0.input }
    let readsLog = logIsOpen && logMeter.pause(at: OperatingSystem.nanoseconds) == nil
    return [
      pollfd(fd: launch.wake, events: Int16(POLLIN), revents: 0),
      pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: readsLog ? launch.log : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: outputIsOpen ? launch.output : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: launch.ending, events: Int16(POLLIN), revents: 0),
    ]
  }

  /// Milliseconds until something is due, or -1.
  private func prepareToSleep() -> CInt {
    let now = OperatingSystem.nanoseconds
    let pause = logIsOpen ? logMeter.pause(at: now) : nil
    let wakeUp = owner.state.withLock { state in
      let time = min(state.deadline?.time ?? .max, pause ?? .max)
      state.sleepsUntil = time
      return time
    }
    guard wakeUp < .max else { return -1 }
    return CInt(clamping: (max(0, wakeUp - now) + 999_999) / 1_000_000)
  }

  private func clearWake() {
    var count: UInt64 = 0
    unsafe _ = read(launch.wake, &count, 8)
  }

  /// Reads one chunk; nil where there is nothing, 0 at the end.
  mutating func readChunk(_ descriptor: CInt) -> Int? {
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { bytes in
        unsafe read(descriptor, bytes.baseAddress, bytes.count)
      }
      if count >= 0 { return count }
      if errno != EINTR { return errno == EAGAIN ? nil : 0 }
    }
  }

  mutating func readLog() {
    guard logIsOpen, let count = readChunk(launch.log) else { return }
    guard count > 0 else {
      logIsOpen = false
      return
    }
    logMeter.add(count, at: OperatingSystem.nanoseconds)
    owner.state.withLock { [chunk] state in state.log.append(chunk[..<count]) }
  }

  mutating func readOutput() {
    guard outputIsOpen, let count = readChunk(launch.output) else { return }
    guard count > 0 else { return channelClosed() }
    lines.append(chunk[..<count])
    receiveLines()
  }

  mutating func channelClosed() {
    outputIsOpen = false
    let term = OperatingSystem.nanoseconds + owner.settings.killGrace.nanoseconds
    owner.state.withLock { state in
      guard state.isOpen, state.deadline?.kind != .terminate else { return }
      state.setDeadline(.closedChannel, term)
    }
  }
}
