struct CDISCReader {
  init(_ domains: [(CDISCDomain, SourceTable)], stage: Stage) {}
  func read() {}
}
