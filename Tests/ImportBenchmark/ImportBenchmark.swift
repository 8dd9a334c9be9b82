import TrialData

/// Imports a folder some times and prints the seconds each took.
@main
struct ImportBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let times = Int(arguments[3]) else {
      print("usage: ImportBenchmark FOLDER OUTPUT TIMES")
      return
    }
    for turn in 0..<times {
      let clock = ContinuousClock()
      let start = clock.now
      let report = try Importer.importFiles([arguments[1]], into: "\(arguments[2])/\(turn)")
      let elapsed = start.duration(to: clock.now)
      print(elapsed / .seconds(1), report.hash)
    }
  }
}
