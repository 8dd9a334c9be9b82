import Foundation
import JSON
import PluginProtocol
import Rendering
import Testing

@testable import Reporting

/// Figures through the real gnuplot.
@Suite(.enabled(if: Installed.gnuplot != nil, "gnuplot is not installed: skipped"))
struct GnuplotTests {
  @Test("every kind becomes every kind of file", arguments: SampleFigures.all)
  func files(figure: ResultDocument.Figure) async throws {
    let gnuplot = try #require(Installed.gnuplot)
    let svg = String(decoding: try await gnuplot.draw(figure, as: .svg), as: UTF8.self)
    #expect(svg.hasPrefix("<?xml"))
    #expect(svg.hasSuffix("</svg>\n"))
    let pdf = try await gnuplot.draw(figure, as: .pdf)
    #expect(pdf.starts(with: "%PDF-".utf8))
    let png = try await gnuplot.draw(figure, as: .png)
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test("every text of the page is in the SVG, letter by letter", arguments: SampleFigures.all)
  func texts(figure: ResultDocument.Figure) async throws {
    let gnuplot = try #require(Installed.gnuplot)
    let svg = String(decoding: try await gnuplot.draw(figure, as: .svg), as: UTF8.self)
    let found = Self.texts(svg)
    let wanted = Page(try Chart(figure)).texts.map(\.text).sorted()
    #expect(found.sorted() == wanted)
  }

  /// What stands between the tags, with references resolved, as a reader of XML does it.
  private static func texts(_ svg: String) -> [String] {
    svg.components(separatedBy: "<text>").dropFirst().compactMap { piece in
      piece.components(separatedBy: "</text>").first.map { text in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
          .reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1, options: .literal) }
      }
    }
  }

  @Test func `no name of a patient is anything but text in the SVG`() async throws {
    let gnuplot = try #require(Installed.gnuplot)
    let svg = String(
      decoding: try await gnuplot.draw(SampleFigures.waterfall, as: .svg), as: UTF8.self)
    #expect(!svg.contains("<script"))
    #expect(!svg.contains("<b>"))
    #expect(!svg.contains("uid="))
  }

  @Test func `names cannot make gnuplot run or write anything`() async throws {
    let gnuplot = try #require(Installed.gnuplot)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let names = [
      "`touch \(folder)/a`", "$(touch \(folder)/b)", "\"; system \"touch \(folder)/c\"; \"",
      "'; !touch \(folder)/d", "\nsystem \"touch \(folder)/e\"\n",
      "\\\"\nEND_OF_DATA\n!touch \(folder)/f",
      "@x`touch \(folder)/g`",
    ]
    var figure = SampleFigures.waterfall
    figure.title = names.joined(separator: " ")
    figure.series = names.map { name in
      .init(name: name, label: name, x: [.string(name)], y: [10])
    }
    for format in GnuplotScript.Format.allCases {
      _ = try await gnuplot.draw(figure, as: format)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test(.timeLimit(.minutes(1))) func `a gnuplot that does not end is ended`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = "#!/bin/sh\nexec sleep 600\n"
    try script.write(toFile: folder + "/gnuplot", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder + "/gnuplot")
    let gnuplot = try Gnuplot(environment: ["PATH": folder + ":/usr/bin:/bin"], secondsAllowed: 1)
    await #expect(throws: ReportingError.gnuplotTooSlow(seconds: 1)) {
      _ = try await gnuplot.draw(SampleFigures.curve, as: .png)
    }
  }
}

struct GnuplotAbsenceTests {
  @Test func `without gnuplot one sentence says so`() {
    #expect(throws: ReportingError.noGnuplot) {
      try Gnuplot(environment: ["PATH": "/nowhere:relative"])
    }
    #expect(
      ReportingError.noGnuplot.description
        == "gnuplot is not installed, and figures are drawn into files with it (on Debian, apt-get"
        + " install gnuplot-nox); everything else works without it")
  }
}

/// What this machine has.
enum Installed {
  static let gnuplot = try? Gnuplot(environment: ProcessInfo.processInfo.environment)
}
