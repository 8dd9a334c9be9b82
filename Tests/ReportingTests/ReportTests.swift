import Foundation
import JSON
import PluginProtocol
import Rendering
import Testing

@testable import Reporting

struct ReportTests {
  static let report = Report(
    createdAt: "2026-01-02T03:04:05.000Z", version: "1.0 <&\"'>", entries: [entry("7"), entry("8")])

  static func entry(_ run: String) -> Report.Entry {
    var document = ResultDocument(analysis: "response-rate", title: "Rate <of> \"responses\"")
    document.primary = .init(interval: "wilson", test: nil, text: "15/30 <b>responded</b> & more")
    document.tables = [
      .init(
        name: "t", title: "Patients & <names>",
        columns: [.init("who", "Who <b>"), .init("n", "N", .count)],
        rows: SampleFigures.nastyNames.map { [.string($0), 1] })
    ]
    document.figures = SampleFigures.all
    document.notes = [Note(.warning, "x", "Do not <i>trust</i> this \\ {note} {{title}}")]
    document.methods = [.init(topic: "rule", choice: "a|b", source: "A & B (2009)")]
    document.citations = ["Gray R et al. (2009). {{{svg}}}"]
    return Report.Entry(
      run: run, document: document, command: "response-rate \"<x>\"",
      reproduction: "response-rate dataset=\"<x>\" fresh=yes", user: "anna",
      finishedAt: "2026-01-02T03:04:04.000Z",
      plugin: .init(id: "response-rate", version: "1.0.0", hash: String(repeating: "a", count: 64)),
      dataset: .init(
        name: "p011", hash: String(repeating: "b", count: 64), imported: "yesterday", subjects: 30,
        tables: ["subject 30"], sources: [.init(name: "<x>.csv", hash: "c")], notes: ["n"]),
      audit: .init(row: "12", hash: String(repeating: "d", count: 64)))
  }

  @Test func `the page escapes every text`() async throws {
    let html = try await Self.report.html(nil)
    for text in ["<b>responded", "<names>", "<i>trust", "<x>", "<script", "<of>", "onload=\"x"] {
      #expect(!html.contains(text), "\(text)")
    }
    #expect(html.contains("15/30 &lt;b&gt;responded&lt;/b&gt; &amp; more"))
    #expect(html.contains("Do not &lt;i&gt;trust&lt;/i&gt; this \\ {note} {{title}}"))
    #expect(html.contains("{{{svg}}}"))
  }

  @Test func `a quote with a combining mark is escaped too`() async throws {
    let html = try await Self.report.html(nil)
    #expect(!html.unicodeScalars.elementsEqual("\"\u{301} onload".unicodeScalars))
    #expect(html.utf8.count > 1000)
    #expect("\"\u{301}<\u{338}&'>".markupEscaped == "&quot;\u{301}&lt;\u{338}&amp;&#39;&gt;")
    #expect(html.contains("&quot;\u{301} onload=&quot;x"))
  }

  @Test func `the page loads nothing and says what reproduces it`() async throws {
    let html = try await Self.report.html(nil)
    #expect(html.contains("default-src 'none'"))
    #expect(!html.contains("http://") && !html.contains("https://"))
    #expect(html.contains("response-rate dataset=&quot;&lt;x&gt;&quot; fresh=yes"))
    #expect(html.contains("row 12, SHA-256 dddd"))
    #expect(html.contains("response-rate 1.0.0, SHA-256 aaaa"))
    #expect(html.contains("p011, SHA-256 bbbb"))
    #expect(html.contains("<caption id=\"run1-table1\">Patients &amp; &lt;names&gt;</caption>"))
    #expect(html.contains("<th scope=\"col\">Who &lt;b&gt;</th>"))
    #expect(html.contains("<th scope=\"row\">`id` $(id)</th>"))
  }

  @Test func `without gnuplot the page has drawings and says why`() async throws {
    let html = try await Self.report.html(nil)
    #expect(html.contains("gnuplot is not installed"))
    #expect(html.components(separatedBy: "<pre role=\"img\"").count == 17)
  }

  @Test func `Markdown keeps texts as texts`() {
    let markdown = Self.report.markdown
    #expect(markdown.contains("| \\`id\\` $(id) |"))
    #expect(markdown.contains("\\</svg>\\<script>alert(1)\\</script>"))
    #expect(markdown.contains("### Provenance"))
    #expect(markdown.contains("```text\nBest change of the sum of diameters\n"))
  }

  @Test func `rich text has balanced braces and real tables`() async throws {
    let text = try await Self.report.richText(nil)
    #expect(text.hasPrefix("{\\rtf1\\ansi"))
    var depth = 0
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
        #expect(depth >= 0)
      }
      #expect(byte < 0x80)
    }
    #expect(depth == 0)
    // A heading and nine patients, twice.
    #expect(text.components(separatedBy: "\\trowd").count == 21)
    #expect(text.contains("Do not <i>trust</i> this \\\\ \\{note\\}"))
    #expect(text.contains("\\u233? \\u8722? \\u24739?\\u-32763?"))
  }

  @Test(
    "the ending of the name says the format",
    arguments: [
      ("html", Report.Format.html), ("htm", .html), ("md", .markdown), ("rtf", .richText),
    ])
  func formats(ending: String, format: Report.Format) {
    #expect(Report.Format(ending: ending) == format)
    #expect(Report.Format(ending: "doc") == nil)
  }
}
