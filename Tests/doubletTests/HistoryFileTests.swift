import Foundation
import Testing

@testable import doublet

struct HistoryFileTests {
  @Test func keepsCommandsAcrossSessions() throws {
    let folder = NSTemporaryDirectory() + "doublet-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = HistoryFile(path: folder + "/state/history")
    #expect(file.load().isEmpty)
    file.append("response-rate 15/30")
    file.append("import \"a\nb\" as µ")
    #expect(file.load() == ["response-rate 15/30", "import \"a\nb\" as µ"])
    #expect(
      try String(contentsOfFile: file.path, encoding: .utf8)
        == "\"response-rate 15/30\"\n\"import \\\"a\\nb\\\" as µ\"\n")
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func losesNothingOfSeveralSessions() async throws {
    let folder = NSTemporaryDirectory() + "doublet-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/history"
    await withTaskGroup { group in
      for session in 0..<4 {
        group.addTask {
          for entry in 0..<50 { HistoryFile(path: path).append("\(session) \(entry)") }
        }
      }
    }
    let all = (0..<4).flatMap { session in (0..<50).map { "\(session) \($0)" } }
    #expect(HistoryFile(path: path).load().sorted() == all.sorted())
  }

  @Test func passesOverWhatItDidNotWrite() {
    #expect(HistoryFile.entries("\"a\"\n\"a\"\nb\n17\n\"c\"\n\"d") == ["a", "c"])
  }

  @Test(
    arguments: [
      ("a", nil, true), ("a", "b", true), ("a", "a", false), (" a", nil, false), ("", nil, false),
    ] as [(String, String?, Bool)])
  func keeps(entry: String, previous: String?, kept: Bool) {
    #expect(HistoryFile.keeps(entry, after: previous) == kept)
  }
}
