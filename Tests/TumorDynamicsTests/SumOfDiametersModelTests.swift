import Foundation
import ReferenceTesting
import Testing

@testable import TumorDynamics

/// Values computed by hand from the closed forms (mpmath) at the digits printed, and the inputs of
/// the tests of Genentech's jmpost and of CRAN's tumgr.
struct SumOfDiametersModelTests {
  static let claret = ClaretModel(
    baseline: 90, growthPerDay: 0.00107, killPerDay: 0.0103, decayPerDay: 0.0193)
  static let stein = SteinFojoModel(baseline: 100, shrinkageRate: 0.035, growthRate: 0.0115)
  static let generalized = GeneralizedSteinFojoModel(
    baseline: 60, shrinkageRate: 0.5, growthRate: 0.3, sensitiveFraction: 0.6)

  @Test(
    "gives the printed sums",
    arguments: [
      (claret, 56, 67.1642), (claret, 84, 64.1676), (claret, 117.33, 63.2513),
      (claret, 168, 64.5049), (claret, 365, 78.0341),
      (stein, 0, 100), (stein, 8, 85.2149), (stein, 16, 77.3225), (stein, 24, 74.9558),
      (stein, 52, 98.0504),
      (generalized, 0.5, 55.9209), (generalized, 1, 54.2317), (generalized, 2, 56.9745),
      // jmpost test-stan_functions.R
      (SteinFojoModel(baseline: 40, shrinkageRate: 0.2, growthRate: 0.3), 0.5, 42.6669),
      (SteinFojoModel(baseline: 40, shrinkageRate: 0.3, growthRate: 0.2), 1, 38.4888),
      (SteinFojoModel(baseline: 50, shrinkageRate: 0.4, growthRate: 0.3), 2, 63.5724),
    ] as [(any SumOfDiametersModel, Double, Double)])
  func sums(model: any SumOfDiametersModel, time: Double, printed: Double) {
    #expect((model.millimeters(at: time) * 1e4).rounded() / 1e4 == printed)
  }

  @Test("times to growth")
  func timesToGrowth() {
    #expect((Self.claret.timeToGrowth * 1e4).rounded() / 1e4 == 117.3308)
    #expect((Self.stein.timeToGrowth * 1e4).rounded() / 1e4 == 23.9355)
    let stein = SteinFojoModel(baseline: 1, shrinkageRate: 0.02, growthRate: 0.004)
    #expect(stein.timeToGrowth.agrees(with: 67.05991301808751, within: 1e-14))
    #expect(
      stein.millimeters(at: stein.timeToGrowth).agrees(with: 0.5691925832141969, within: 1e-14))
    let generalized = GeneralizedSteinFojoModel(
      baseline: 1, shrinkageRate: 0.02, growthRate: 0.004, sensitiveFraction: 0.6)
    #expect(generalized.timeToGrowth.agrees(with: 83.95429252259436, within: 1e-14))
  }

  @Test(
    "are smallest at the time to growth",
    arguments: [claret, stein, generalized] as [any SumOfDiametersModel])
  func nadir(model: any SumOfDiametersModel) {
    let nadir = model.timeToGrowth
    for part in [0.9, 0.99, 1.01, 1.1] {
      #expect(model.millimeters(at: nadir * part) > model.millimeters(at: nadir))
    }
  }

  @Test("know tumors that only grow or only shrink")
  func limits() {
    var claret = Self.claret
    claret.killPerDay = claret.growthPerDay
    #expect(claret.timeToGrowth == 0)
    claret.killPerDay = 0.01
    claret.growthPerDay = 0
    #expect(claret.timeToGrowth == .infinity)
    claret.growthPerDay = 0.001
    claret.decayPerDay = 0
    #expect(claret.timeToGrowth == .infinity)
    #expect(claret.millimeters(at: 100).agrees(with: 90 * exp(-0.9), within: 1e-14))
    // Continuous in the decay rate, where (1 − exp(−λt))/λ cancels.
    claret.decayPerDay = 1e-12
    #expect(claret.millimeters(at: 100).agrees(with: 90 * exp(-0.9), within: 1e-10))
    var stein = Self.stein
    stein.shrinkageRate = stein.growthRate
    #expect(stein.timeToGrowth == 0)
    stein.growthRate = 0
    #expect(stein.timeToGrowth == .infinity)
    var generalized = Self.generalized
    generalized.sensitiveFraction = 1
    #expect(generalized.timeToGrowth == .infinity)
    generalized.sensitiveFraction = 0
    #expect(generalized.timeToGrowth == 0)
  }

  @Test("obeys Claret's differential equation", arguments: [0.0, 1, 30, 100, 300])
  func equation(day: Double) {
    let model = Self.claret
    let step = 1e-4
    let slope =
      (model.millimeters(at: day + step) - model.millimeters(at: day - step)) / (2 * step)
    let expected =
      (model.growthPerDay - model.killPerDay * exp(-model.decayPerDay * day))
      * model.millimeters(at: day)
    #expect(slope.agrees(with: expected, within: 1e-5))
  }
}
