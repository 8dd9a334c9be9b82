import PluginKit
import Testing

@testable import ResponseRate

struct WordingTests {
  @Test(
    "a p-value reads well in a sentence",
    arguments: [
      (0.0040985, "p = 0.0041"), (0.41304, "p = 0.41"), (0.0001, "p = 0.00010"),
      (0.00009999, "p < 0.0001"), (1, "p = 1"),
    ])
  func sentence(p: Double, expected: String) { #expect(pSentence(p) == expected) }

  @Test(
    "several p-values are a range, unless they read alike",
    arguments: [
      (0.00096, 0.413, "p runs from 0.00096 to 0.41"),
      (1e-19, 0.413, "p runs from below 0.0001 to 0.41"),
      (1e-19, 1e-7, "p is below 0.0001 against each"), (0.25, 0.25, "p is 0.25 against each"),
    ])
  func range(least: Double, most: Double, expected: String) {
    #expect(pRange(least, most) == expected)
  }
}
