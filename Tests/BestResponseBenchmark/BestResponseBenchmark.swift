import Foundation
import RECIST

/// Measures the confirmed best overall response and compares it with peers, subject by subject.
///
/// Arguments are the input and, for each peer, `NAME,SECONDS,OUTPUT`. Reading the files is not
/// timed, here as there; sorting and grouping are.
@main
struct BestResponseBenchmark {
  static func main() throws {
    guard CommandLine.arguments.count >= 2 else {
      throw Failure(description: "usage: BestResponseBenchmark INPUT [NAME,SECONDS,OUTPUT]…")
    }
    let table = try Table(file: CommandLine.arguments[1])
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000)
    var responses: [String: String] = [:]
    for _ in 0..<5 {
      var rows: [(String, String)] = []
      best = min(best, clock.measure { rows = table.bestResponses() })
      responses = Dictionary(uniqueKeysWithValues: rows)
    }
    print("Confirmed best overall response of \(responses.count) subjects, \(table.rows) visits")
    print("  doublet".padding(24) + milliseconds(best))
    for peer in CommandLine.arguments.dropFirst(2) {
      try compare(responses, best, peer)
    }
  }

  private static func compare(
    _ responses: [String: String], _ time: Duration, _ peer: String
  ) throws {
    let parts = peer.split(separator: ",", maxSplits: 2).map(String.init)
    guard parts.count == 3, let seconds = Double(parts[1].filter { $0 != " " }) else {
      throw Failure(description: "\(peer) is not NAME,SECONDS,OUTPUT")
    }
    var theirs: [String: String] = [:]
    for line in try String(contentsOfFile: parts[2], encoding: .utf8).split(separator: "\n") {
      let cells = line.split(separator: ",", maxSplits: 1)
      theirs[String(cells[0])] = String(cells[1])
    }
    let different = responses.filter { theirs[$0.key] != $0.value }
    let ratio = seconds / (time / .seconds(1))
    print(
      "  \(parts[0])".padding(24) + milliseconds(.seconds(seconds))
        + "  \((ratio * 10).rounded() / 10) times doublet, "
        + (different.isEmpty && theirs.count == responses.count
          ? "identical on every subject" : "\(different.count) subjects differ"))
    guard different.isEmpty, theirs.count == responses.count else {
      throw Failure(description: "\(parts[0]) differs on \(different.keys.sorted().prefix(5))")
    }
  }

  private static func milliseconds(_ duration: Duration) -> String {
    "\((duration / .microseconds(100)).rounded() / 10) ms"
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
}

/// Responses as they come: one row a visit, rows of a subject together.
struct Table {
  private var subjects: [String] = []
  private var visits: [ResponseVisit] = []

  var rows: Int { visits.count }

  init(file: String) throws {
    for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
    {
      let cells = line.split(separator: ",")
      guard cells.count == 3, let day = Int(cells[1]),
        let response = ResponseCategory(rawValue: String(cells[2]))
      else { throw Failure(description: "unreadable: \(line)") }
      subjects.append(String(cells[0]))
      visits.append(ResponseVisit(day: day, response: response))
    }
  }

  func bestResponses() -> [(String, String)] {
    var ranges: [Range<Int>] = []
    var start = 0
    for row in subjects.indices
    where row + 1 == subjects.count || subjects[row + 1] != subjects[row] {
      ranges.append(start..<(row + 1))
      start = row + 1
    }
    let best = BestOverallResponse.all(
      of: visits, patients: ranges, rules: BestResponseRules(confirmation: .init()))
    return zip(ranges, best).map { (subjects[$0.lowerBound], $1.response.rawValue) }
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
