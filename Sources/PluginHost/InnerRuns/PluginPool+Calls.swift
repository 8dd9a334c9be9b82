import Synchronization

extension PluginPool {
  /// Makes room for another process while the run of this one waits for a run inside it.
  ///
  /// Returns the ticket that ends the wait.
  func wait(_ process: PluginProcess) -> Int {
    let ticket = state.withLock { state in
      state.inner.wait(process, isActive: state.active[ObjectIdentifier(process)] != nil)
    }
    startProcesses()
    return ticket
  }

  /// One wait of a process is over.
  func goOn(_ process: PluginProcess, _ ticket: Int) {
    state.withLock { $0.inner.goOn(process, ticket) }
  }
}
