import CLinux
import Glibc
import PluginProtocol
import Synchronization

extension ProcessMonitor {
  /// Ends a process that broke the protocol; the run it was at, if any, fails with the breach.
  mutating func breach(_ violation: ProtocolViolation) {
    cause = .violation(violation)
    outputIsOpen = false
    owner.state.withLock { state in
      state.isOpen = false
      state.closeInput()
      state.session.end()
      state.deadline = nil
    }
    owner.pool.withdraw(owner, startingAnother: false)
    signal(SIGKILL)
  }

  mutating func meetDeadline() {
    let now = OperatingSystem.nanoseconds
    let settings = owner.settings
    let due: (kind: PluginProcess.DeadlineKind, job: PluginJob?)? = owner.state.withLock { state in
      guard let deadline = state.deadline, deadline.time <= now else { return nil }
      state.deadline = nil
      switch deadline.kind {
      case .idle: state.close(endingBy: now + settings.cancelGrace.nanoseconds)
      case .terminate:
        state.isOpen = false
        state.closeInput()
        state.setDeadline(.kill, now + settings.killGrace.nanoseconds)
      default: break
      }
      return (deadline.kind, state.job)
    }
    guard let due else { return }
    act(on: due.kind, due.job)
  }

  private mutating func act(on kind: PluginProcess.DeadlineKind, _ job: PluginJob?) {
    switch kind {
    case .idle: owner.pool.withdraw(owner, startingAnother: false)
    case .run: job?.giveUp(.deadline(plugin: owner.plugin.id, limit: owner.settings.runLimit))
    case .cpu: checkCPU(of: job)
    case .start:
      cause = .startTimedOut
      owner.state.withLock { $0.isOpen = false }
      signal(SIGKILL)
    case .terminate:
      owner.pool.withdraw(owner, startingAnother: true)
      signal(SIGTERM)
    case .kill: signal(SIGKILL)
    case .closedChannel: breach(lines.holdsPartialLine ? .halfLine : .channelClosed)
    }
  }

  /// Signals the process and every process it started that stayed in its group.
  func signal(_ number: CInt) { kill(-launch.process, number) }

  /// Reaps the process, clears up after it, and reports its end.
  consuming func finish() {
    // The process is gone; what it wrote last is still in the pipes.
    while logIsOpen, let count = readChunk(launch.log), count > 0 {
      owner.state.withLock { [chunk] state in state.log.append(chunk[..<count]) }
      logMeter.add(count, at: OperatingSystem.nanoseconds)
      if logMeter.pause(at: OperatingSystem.nanoseconds) != nil { break }
    }
    while outputIsOpen, let count = readChunk(launch.output), count > 0 {
      lines.append(chunk[..<count])
      receiveLines()
    }
    signal(SIGKILL)
    var exit = clinux_exit()
    let reaped = unsafe clinux_reap(launch.process, true, &exit)
    if exit.signal == SIGXCPU { endRunForCPU() }
    Stragglers(folder: launch.folder).end()
    let (session, job, lastLines, wasOpen) = close()
    unsafe _ = clinux_remove_tree(launch.folder)
    let peak = PeakMemory(
      bytes: exit.peak_bytes, isUpperBound: exit.peak_bytes <= launch.hostPeakBytes)
    let death = PluginDeath(
      plugin: owner.plugin.id, moment: Self.moment(session, job),
      exit: reaped > 0 ? Self.exit(exit) : .code(-1), peakMemory: peak, lastLines: lastLines)
    owner.pool.ended(
      owner,
      PluginPool.Ending(
        failure: failure(session, wasOpen, death), wasReady: wasReady, job: job, peakMemory: peak))
  }

  /// Closes every descriptor and takes what is left of the conversation.
  private borrowing func close() -> (PluginSession.State, PluginJob?, [String], Bool) {
    let left = owner.state.withLock { state in
      let left = (state.session.state, state.job, state.log.all, state.isOpen)
      state.isOpen = false
      state.closeInput()
      (state.job, state.process, state.wake) = (nil, nil, -1)
      state.session.end()
      return left
    }
    for descriptor in [launch.output, launch.log, launch.ending, launch.wake] {
      Glibc.close(descriptor)
    }
    return left
  }

  private static func moment(
    _ session: PluginSession.State, _ job: PluginJob?
  ) -> PluginDeath.Moment {
    switch session {
    case .new, .greeting: .starting
    case .running: .running
    case .idle, .cancelling, .ended: job == nil ? .idle : .running
    }
  }

  private static func exit(_ exit: clinux_exit) -> PluginDeath.Exit {
    guard exit.signal != 0 else { return .code(Int(exit.code)) }
    guard let name = unsafe clinux_signal_name(exit.signal) else {
      return .signal("signal \(exit.signal)")
    }
    return .signal(unsafe String(cString: name))
  }

  /// What the end means for the plugin's good name; nil where the host wished for it.
  private borrowing func failure(
    _ session: PluginSession.State, _ wasOpen: Bool, _ death: PluginDeath
  ) -> PluginFailure? {
    switch cause {
    case .violation(let violation):
      .protocolViolation(plugin: owner.plugin.id, violation)
    case .startTimedOut:
      .startTimedOut(plugin: owner.plugin.id, limit: owner.settings.startLimit)
    case .none:
      if case .cancelling = session { nil } else { wasOpen ? .died(death) : nil }
    }
  }
}
