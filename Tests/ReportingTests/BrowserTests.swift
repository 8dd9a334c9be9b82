import Foundation
import Testing

@testable import Reporting

/// The page in a headless Chromium.
struct BrowserTests {
  @Test(
    "nothing overflows, every figure is seen, nothing is complained of", arguments: [360, 1400])
  func page(width: Int) async throws {
    guard let browser = Self.browser, let gnuplot = Installed.gnuplot else {
      print("skipped: chromium or gnuplot is not installed")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "report.html")
    try (try await ReportTests.report.html(gnuplot)).write(
      to: page, atomically: true, encoding: .utf8)
    let frame = folder.appending(path: "frame.html")
    try Self.frame(width: width).write(to: frame, atomically: true, encoding: .utf8)
    let (output, messages) = try Self.run(browser, frame, folder: folder)
    let found = try #require(
      output.components(separatedBy: "[[").dropFirst().first?.components(separatedBy: "]]").first,
      "\(messages.suffix(2_000))")
    #expect(found == "scroll \(width) figures 16 of 16 unnamed 0 cut 0")
    // Chromium prints what a page logs with its source.
    #expect(!messages.contains("CONSOLE"), "\(messages.suffix(2_000))")
  }

  /// A page that shows the report at a width and measures it; it may look in because both are files.
  private static func frame(width: Int) -> String {
    """
    <!doctype html><body style="margin:0"><iframe id="f" src="report.html"
      style="width:\(width)px;height:900px;border:0"></iframe><script>
    document.getElementById("f").onload = () => {
      const d = document.getElementById("f").contentDocument;
      const all = [...d.querySelectorAll("figure svg")];
      const seen = all.filter(s => { const r = s.getBoundingClientRect();
        return r.width > 200 && r.height > 60 && s.querySelectorAll("path, use, polygon").length > 3; });
      const unnamed = all.filter(s => !s.getAttribute("aria-labelledby").split(" ")
        .every(id => d.getElementById(id) && d.getElementById(id).textContent)).length;
      const cut = [...d.querySelectorAll("h1,h2,h3,p,li,dd,dt,figcaption")].filter(e =>
        e.getBoundingClientRect().right > \(width) + 0.5).length;
      document.title = "[[scroll " + d.documentElement.scrollWidth + " figures " + seen.length
        + " of " + all.length + " unnamed " + unnamed + " cut " + cut + "]]";
    };
    </script>
    """
  }

  private static func run(
    _ browser: String, _ page: URL, folder: URL
  ) throws -> (output: String, messages: String) {
    let process = Process()
    process.executableURL = URL(filePath: browser)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr",
      "--allow-file-access-from-files", "--user-data-dir=\(folder.path)/profile",
      "--window-size=1600,1000", "--virtual-time-budget=20000", "--dump-dom", page.absoluteString,
    ]
    let messages = folder.appending(path: "messages")
    let output = folder.appending(path: "output")
    for file in [messages, output] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardError = try FileHandle(forWritingTo: messages)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    return (
      try String(contentsOf: output, encoding: .utf8),
      String(decoding: try Data(contentsOf: messages), as: UTF8.self)
    )
  }

  private static let browser = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ]
  .first { FileManager.default.isExecutableFile(atPath: $0) }
}
