import RECIST
import Testing

@testable import TumorDynamics

struct TargetSumTests {
  @Test(
    "judges every series of three scans as the RECIST module does",
    arguments: [5, 6, 9, 10, 15, 20, 21, 25, 26, 30])
  func agrees(baseline: Int) {
    let lesion = TargetLesion(name: "T01", isNodal: false)
    for first in stride(from: 5, through: 37, by: 1) {
      for second in stride(from: 5, through: 37, by: 2) {
        let series = [first, second, second * 6 / 5, first]
        for (criteria, growth) in [(ResponseCriteria.recist1_1, 5), (.recist1_0, 0)] {
          var fast = TargetSum(baseline: baseline, smallestGrowth: growth)
          var slow = TargetFollowUp(
            [lesion], baseline: ["T01": .measured(Millimeters(baseline))], criteria: criteria)
          let found = series.map { fast.assess($0) }
          let expected = series.map {
            slow.assess(["T01": .measured(Millimeters($0))]).response
          }
          #expect(found == expected, "\(baseline) then \(series)")
        }
      }
    }
  }

  @Test(
    "is exact at the bounds",
    arguments: [
      ([100, 70], ResponseCategory.partialResponse), ([100, 71], .stableDisease),
      ([100, 120], .progressiveDisease), ([100, 119], .stableDisease),
      ([20, 24], .stableDisease), ([20, 25], .progressiveDisease),
      ([100, 50, 60], .progressiveDisease), ([100, 20, 24], .partialResponse),
    ])
  func bounds(series: [Int], expected: ResponseCategory) {
    var sum = TargetSum(baseline: series[0])
    #expect(series.dropFirst().map { sum.assess($0) }.last == expected)
  }
}
