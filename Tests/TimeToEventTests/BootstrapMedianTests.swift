import Testing

@testable import TimeToEvent

struct BootstrapMedianTests {
  @Test("a seed gives the same medians whatever their number")
  func repeatable() throws {
    let sample = try ReferenceSample.named("untied").eventTimes()
    let few = BootstrapMedian(sample, replicates: 20, seed: 5)
    #expect(BootstrapMedian(sample, replicates: 50, seed: 5).medians.prefix(20) == few.medians[...])
    #expect(BootstrapMedian(sample, replicates: 20, seed: 6).medians != few.medians)
  }

  @Test("of one subject every median is its own, and of censored ones there is none")
  func ends() throws {
    let one = BootstrapMedian(
      try EventTimes(times: [7], occurred: [true]), replicates: 10, seed: 1)
    #expect(one.medians.allSatisfy { $0 == 7 })
    let none = BootstrapMedian(
      try EventTimes(times: [7, 8], occurred: [false, false]), replicates: 10, seed: 1)
    #expect(try none.limits().upper == .infinity)
  }

  @Test("the percentile interval is near Brookmeyer and Crowley's")
  func interval() throws {
    let sample = try ReferenceSample.named("lung").eventTimes()
    let limits = try BootstrapMedian(sample, replicates: 4_000, seed: 3).limits()
    // R: 285 to 363; the bootstrap's ends lie within a few steps of the curve of them.
    #expect((275...300).contains(limits.lower))
    #expect((345...390).contains(limits.upper))
  }
}
