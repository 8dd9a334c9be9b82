import ReferenceTesting
import Testing

@testable import Statistics

/// Rows combo-022 to 024 of the combination table: Bliss, the highest single agent, and their sum.
///
/// The first is the reading of the trial of Larkin and others (2015) by Palmer and Sorger (2017),
/// Figure 1A.
///
/// combo-025 states a correlation of the two responses themselves (phi); ``ResponseNull`` takes the
/// latent one, and nothing here computes the other.
struct PublishedCombinationTests {
  @Test(arguments: [
    (0.24, 0.54, 0.6504000000000001, 0.54, 0.78), (0.25, 0.1, 0.32499999999999996, 0.25, 0.35),
    (0.3, 0.2, 0.44, 0.3, 0.5),
  ])
  func `the nulls of response rates are the textbook's`(
    first: Double, second: Double, bliss: Double, best: Double, sum: Double
  ) {
    #expect(ResponseNull.bliss.rate(first, second).agrees(with: bliss, within: 1e-12))
    #expect(ResponseNull.highestSingleAgent.rate(first, second).agrees(with: best, within: 1e-12))
    #expect(ResponseNull.simpleSum.rate(first, second).agrees(with: sum, within: 1e-12))
  }
}
