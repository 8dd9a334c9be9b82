import Foundation
import Testing

@testable import TrialData

struct XPTImportTests {
  private func importing(_ members: [(XPTMember, [[XPTValue]])]) throws -> Importing {
    try Importing(bytes: ["trial.xpt": XPTFile.bytes(members)])
  }

  private static let marker = XPTMember(
    "MARKER",
    variables: [
      XPTVariable("SUBJECT", .text, lengthBytes: 4), XPTVariable("DAY", .number),
      XPTVariable("MARKER", .text, lengthBytes: 3), XPTVariable("VALUE", .number),
    ])

  @Test("fills our tables, short names read as ours, numbers exact")
  func tables() throws {
    let subject = XPTMember(
      "SUBJECT",
      variables: [
        XPTVariable("SUBJECT", .text, lengthBytes: 4), XPTVariable("DOSELVL", .number),
        XPTVariable("FIRSTDOS", .number, format: "DATE", formatWidth: 9),
      ])
    let dataset = try importing([
      (subject, [[.text("S1"), .number(6.25), .number(19_782)]]),
      (
        Self.marker,
        [
          [.text("S1"), .number(0), .text("CD8"), .number(0.1 + 0.2)],
          [.text("S1"), .number(7), .text("CD8"), .missing(UInt8(ascii: "A"))],
        ]
      ),
    ]).dataset()
    #expect(
      try dataset.subjects() == [
        Subject(subject: "S1", doseLevel: 6.25, firstDose: "2014-02-28")
      ])
    #expect(try dataset.markers().map(\.value) == [0.1 + 0.2, nil])
  }

  @Test("problems name the file, the data set, the observation and the variable")
  func problems() throws {
    let importing = try importing([
      (
        Self.marker,
        [
          [.text("S1"), .number(0.5), .text("CD8"), .number(1)],
          [.text([0x53, 0xE9]), .number(1), .text("CD8"), .number(1)],
        ]
      )
    ])
    #expect(
      try importing.problems() == [
        "trial.xpt/MARKER:2: SUBJECT: found bytes that are not UTF-8 text, expected UTF-8 text",
        "trial.xpt/MARKER:1: day: found \"0.5\", expected a whole number of days between -36525 "
          + "and 36525",
      ])
  }

  @Test("a broken file is refused with the byte and the record")
  func broken() throws {
    let bytes = try XPTFile.bytes([
      (Self.marker, [[.text("S1"), .number(0), .text("CD8"), .number(1)]])
    ])
    var broken = bytes
    broken[100] = 0
    #expect(
      try Importing(bytes: ["trial.xpt": broken]).problems().first
        == "trial.xpt: byte 101 (record 2): found \"SAS     SAS     SASL?B  \", "
        + "expected \"SAS     SAS     SASLIB  \""
    )
    #expect(
      try Importing(bytes: ["trial.xpt": Array(bytes.dropLast(10))]).problems().first
        == "trial.xpt: byte \(bytes.count - 9) (record \(bytes.count / 80)): found the end of the "
        + "file within a record, expected records of 80 bytes")
    #expect(
      try Importing(bytes: ["trial.xpt": Array("subject\nS1\n".utf8)]).problems().first
        == "trial.xpt: byte 12 (record 1): found the end of the file within a record, expected "
        + "records of 80 bytes")
  }

  /// What the reader holds is one observation and one record; what the import keeps are the
  /// columns that mean something, so that its memory does not grow with the other 196.
  @Test("a file of 200 columns and 100,000 rows passes in one observation's memory")
  func bounded() throws {
    let fillers = (0..<196).map { XPTVariable("F\($0)", .number) }
    let member = XPTMember("MARKER", variables: Self.marker.variables + fillers)
    var writer = XPTWriter()
    try writer.begin(member)
    let folder = try TemporaryFolder()
    let path = try folder.write("marker.xpt", "")
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.write(contentsOf: writer.takeBytes())
    let rest = (0..<196).map { XPTValue.number(Double($0) + 0.1) }
    for day in 0..<1000 {
      try writer.add([.text("S01"), .number(Double(day)), .text("CD8"), .number(0.5)] + rest)
    }
    // A thousand observations, a hundred times, each time of another subject.
    var block = Data(writer.takeBytes())
    for subject in 0..<100 {
      for row in 0..<1000 {
        let start = row * member.observationLengthBytes
        block[start + 1] = UInt8(ascii: "0") + UInt8(subject / 10)
        block[start + 2] = UInt8(ascii: "0") + UInt8(subject % 10)
      }
      try file.write(contentsOf: block)
    }
    let bytes = 100_000 * member.observationLengthBytes
    try file.write(contentsOf: Data(repeating: 0x20, count: (80 - bytes % 80) % 80))
    try file.close()
    var reader = XPTReader()
    var rows = 0
    var most = 0
    let input = try #require(FileHandle(forReadingAtPath: path))
    while let chunk = try input.read(upToCount: 1 << 20), !chunk.isEmpty {
      try reader.read(Array(chunk)[...]) { event in
        if case .observation = event { rows += 1 }
      }
      most = max(most, reader.heldBytes)
    }
    try reader.finish { _ in }
    #expect(rows == 100_000)
    #expect(most < member.variables.count * 8 + 2 * XPTReader.recordBytes)
    let before = try Self.peakKilobytes()
    let output = try TemporaryFolder()
    let report = try Importer.importFiles([path], into: output.path)
    #expect(report.counts.first { $0.table == .marker }?.rows == 100_000)
    // 157 MB of file; four columns and their sorting are a tenth of it.
    #expect(try Self.peakKilobytes() - before < 100_000)
  }

  private static func peakKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.split(separator: " ", omittingEmptySubsequences: true)[1]))
  }
}
