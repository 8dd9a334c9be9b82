import Foundation
import Testing

@testable import TrialData

/// What we write, read by other programs, value for value.
struct XPTPeerTests {
  private static let member: XPTMember = {
    let texts = XPTVariable("T", label: "Text", .text, lengthBytes: 12)
    let numbers = (0..<5).map { XPTVariable("X\($0)", label: "Number \($0)", .number) }
    return XPTMember("PEER", label: "For others", variables: [texts] + numbers)
  }()

  private static let rows: [[XPTValue]] = {
    var random = SplitMix(state: 11)
    let first: [[XPTValue]] = [
      [.text("a,\"b\""), .number(0.1), .number(-1), .number(0), .number(1e70), .missing],
      [
        .text("x"), .number(0x1p-260), .number(1e-70), .number(1 / 3), .number(2.5e9),
        .number(-0.1),
      ],
    ]
    return first
      + (0..<500).map { row in
        [.text("row \(row)")]
          + (0..<5).map { _ in
            let exponent = UInt64(1023 - 200) + random.next() % 400
            let bits = random.next() << 63 | exponent << 52 | random.next() & 0xF_FFFF_FFFF_FFFF
            return .number(Double(bitPattern: bits))
          }
      }
  }()

  /// Column by column, as the scripts print them.
  private static var expected: [String] {
    member.variables.indices.flatMap { index in
      rows.map { row in
        switch row[index] {
        case .text(let text):
          "\(member.variables[index].name)=\(String(decoding: text, as: UTF8.self))"
        case .missing: "\(member.variables[index].name)=."
        case .number(let number): "\(member.variables[index].name)=\(number)"
        }
      }
    }
  }

  @Test(
    "R's foreign, pandas and pyreadstat read every value", arguments: ["R", "pandas", "pyreadstat"])
  func peers(peer: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("peer.xpt", try XPTFile.bytes([(Self.member, Self.rows)]))
    let python = ProcessInfo.processInfo.environment["DOUBLET_PYTHON"] ?? "python3"
    let script = SharedData.repository("Tests/TrialDataTests/Reference/generate/read_xpt")
    let command =
      peer == "R" ? ["Rscript", "\(script).R", path] : [python, "\(script).py", peer, path]
    let check =
      peer == "R" ? ["Rscript", "-e", "library(foreign)"] : [python, "-c", "import \(peer)"]
    guard try run(check) != nil else {
      print("skipped: \(peer) is not installed")
      try Test.cancel("\(peer) is not installed")
    }
    let output = try #require(try run(command))
    let lines = output.split(separator: "\n").map(Self.decimal)
    // pandas reads the IBM zero as 16 to the power of -65.
    let expected = Self.expected.map {
      peer == "pandas" && $0.hasSuffix("=0.0") ? $0.dropLast(3) + "5.397605346934028e-79" : $0
    }
    let differences = zip(lines, expected).filter { $0 != $1 }.prefix(5)
    #expect(lines.count == expected.count)
    #expect(differences.isEmpty, "\(differences.map { "\($0) for \($1)" })")
  }

  /// A line with its hexadecimal number in decimal.
  private static func decimal(_ line: Substring) -> String {
    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].contains("0x"), let number = Double(parts[1]) else {
      return String(line)
    }
    return "\(parts[0])=\(number)"
  }

  private func run(_ command: [String]) throws -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
