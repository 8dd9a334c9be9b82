import Testing

@testable import doublet

struct ProgressBarTests {
  private func text(
    _ fraction: Double, _ message: String? = nil, left: Double? = nil, elapsed: Double = 10,
    width: Int = 80
  ) -> String {
    ProgressBar(
      report: .init(fraction: fraction, message: message, secondsLeft: left),
      elapsedSeconds: elapsed
    ).text(width: width)
  }

  @Test func showsShareTimeLeftAndMessage() {
    #expect(text(0.25, "replicates") == "[#####...............]  25 %  30 s left  replicates")
    #expect(text(0.5, left: 125) == "[##########..........]  50 %  2 min 5 s left")
    #expect(text(0.5, left: 7260) == "[##########..........]  50 %  2 h 1 min left")
    #expect(text(0) == "[....................]   0 %")
    #expect(text(1) == "[####################] 100 %")
    #expect(text(0.999) == "[###################.]  99 %  1 s left")
    #expect(text(0.5, left: .infinity) == "[##########..........]  50 %")
    #expect(text(0.5, "a\u{1B}[2J") == "[##########..........]  50 %  10 s left  a\\u{1B}[2J")
  }

  @Test func fitsTheScreen() {
    #expect(text(0.25, "replicates", width: 30) == "[#####...............]  25 %…")
    #expect(text(0.25, width: 1) == "…")
  }

  @Test func saysThatItWorksWithoutAReport() {
    #expect(
      ProgressBar(report: nil, elapsedSeconds: 2.2).text(width: 80)
        == "working, 3 s  (Ctrl-C cancels)")
    #expect(
      ProgressBar(report: nil, elapsedSeconds: 2, isCancelling: true).text(width: 80)
        == "cancelling  (Ctrl-C again stops waiting)")
  }
}
