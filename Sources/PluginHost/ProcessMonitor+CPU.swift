import CLinux
import Glibc
import Synchronization

extension PluginProcess.State {
  /// Sets the limits of the run that begins.
  ///
  /// The kernel counts from the start of the process, which serves many runs: its limit is what the
  /// process has used already and what the run may use, to the next whole second.
  mutating func limitRun(_ settings: PluginHostSettings, at now: Int64) {
    setDeadline(.run, now + settings.runLimit.nanoseconds)
    guard let limit = settings.cpuLimit, let process else { return }
    jobStartedCPU = max(0, clinux_cpu_nanoseconds(process))
    let seconds = (Double(jobStartedCPU) / 1e9 + limit.seconds).rounded(.up)
    clinux_limit_cpu(process, UInt64(seconds))
    watchCPU(settings, used: 0, at: now)
  }

  /// Looks at the processor time again when it can have reached the limit and its grace, at the
  /// earliest.
  mutating func watchCPU(_ settings: PluginHostSettings, used: Int64, at now: Int64) {
    guard let limit = settings.cpuLimit else { return }
    let end = jobStarted + settings.runLimit.nanoseconds
    let rest = (limit + settings.cpuGrace).nanoseconds - used
    let next = now + max(100_000_000, rest / Int64(OperatingSystem.processorCount))
    if next < end { setDeadline(.cpu, next) } else { setDeadline(.run, end) }
  }
}

extension ProcessMonitor {
  /// Ends a process that has used more than its time and did not heed SIGXCPU.
  mutating func checkCPU(of job: PluginJob?) {
    let now = OperatingSystem.nanoseconds
    let settings = owner.settings
    guard let job, let limit = settings.cpuLimit else { return }
    let isOver = owner.state.withLock { state in
      guard state.job === job else { return false }
      let used = max(0, clinux_cpu_nanoseconds(launch.process)) - state.jobStartedCPU
      guard used < (limit + settings.cpuGrace).nanoseconds else { return true }
      state.watchCPU(settings, used: used, at: now)
      return false
    }
    guard isOver else { return }
    endRunForCPU()
    owner.pool.withdraw(owner, startingAnother: true)
    signal(SIGKILL)
  }

  /// Answers the run the process was at; an end for its time's sake is no death.
  func endRunForCPU() {
    guard let limit = owner.settings.cpuLimit else { return }
    let job = owner.state.withLock { state in
      guard state.isOpen, let job = state.job else { return nil as PluginJob? }
      (state.isOpen, state.job) = (false, nil)
      state.closeInput()
      return job
    }
    job?.finish(.failure(.cpuTime(plugin: owner.plugin.id, limit: limit)))
  }
}
