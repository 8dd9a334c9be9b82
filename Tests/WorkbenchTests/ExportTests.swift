import ClientProtocol
import Foundation
import JSON
import Store
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct ExportTests {
  @Test(
    "what is exported comes back as the same data set",
    arguments: [
      "to=out", "to=out format=dataset-json", "to=out format=xpt", "to=out.xpt",
      "to=out as=sdtm", "to=out as=adam format=xpt",
    ])
  func roundTrip(parameters: String) async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      let answer = try await bench.session.say("export p011 \(parameters)", in: bench.folder.path)
      #expect(answer["dataset"]?["name"] == "p011")
      let notes = answer["notes"]?.array?.compactMap { $0["text"]?.string } ?? []
      #expect(
        notes.contains {
          $0.hasPrefix("Read back and compared: the files give the same data set")
        }, "\(notes)")
      let name = parameters.contains("out.xpt") ? "out.xpt" : "out"
      let again = try await bench.session.say("import \(name) as copy", in: bench.folder.path)
      #expect(again["dataset"]?["hash"] == answer["dataset"]?["hash"])
    }
  }

  @Test func theSessionsDataSetIsTheDefault() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      #expect(
        try await bench.session.refusal("export to=out", in: bench.folder.path)
          == .missingDataset(of: "export", at: 0..<6))
      try await bench.session.say("use p011")
      let answer = try await bench.session.say("export to=out", in: bench.folder.path)
      #expect(answer["title"] == "p011: 2 tables in 2 files")
      #expect(
        answer["tables"]?.array?.first?["rows"] == [
          ["subject", "subject.csv", 3], ["assessment", "assessment.csv", 3],
        ])
      #expect(try bench.folder.contents("out").sorted() == ["assessment.csv", "subject.csv"])
    }
  }

  @Test("refuses what it cannot or should not do, and points at it")
  func refusals() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      let folder = bench.folder.path
      #expect(
        try await bench.session.refusal("export p011", in: folder)
          == CommandFailure(
            .missingParameter, "export needs to=", at: 0..<6, parameter: "to",
            expected: BuiltIn.export.usage))
      #expect(
        try await bench.session.refusal("export p011 to=out.csv", in: folder)
          == CommandFailure(
            .file, "this path cannot take csv", at: 15..<22, expected: "a folder"))
      try bench.folder.write("out/subject.csv", "mine")
      #expect(
        try await bench.session.refusal("export p011 to=out", in: folder)
          == CommandFailure(
            .file, "\(folder)/out/subject.csv is there already", at: 15..<18,
            expected: "another path, or force=yes to replace it"))
      #expect(try bench.folder.contents("out") == ["subject.csv"])
      try await bench.session.say("export p011 to=out force=yes", in: folder)
      #expect(
        try await bench.session.refusal("export p011 to=out")
          == CommandFailure(
            .file, "out is a relative path, and a line on the socket has no folder", at: 15..<18,
            expected: "an absolute path, or the client's folder as \"cwd\""))
    }
  }

  @Test("the audit trail says what left the house")
  func audited() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      let answer = try await bench.session.say("export p011 to=out", in: bench.folder.path)
      let hash = try #require(answer["dataset"]?["hash"]?.string)
      let row = try #require(try bench.store.auditRows(limit: 1).first)
      #expect(row.subject == "export p011")
      #expect(row.detail == "\(hash) as tables in csv")
    }
  }
}
