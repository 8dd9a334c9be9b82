import ReferenceTesting
import Statistics
import Testing

struct MixedModelLawsTests {
  @Test("gives the values printed for sleepstudy, Orthodont and SAS's growth example")
  func published() throws {
    // Bates et al. 2015, J Stat Softw 67(1), section 1 and lme4's help.
    let sleep = try LinearMixedModelTests.row("sleepstudy reml").model()
    #expect((sleep.coefficients[0] * 1e3).rounded() == 251_405)
    #expect((sleep.coefficients[1] * 1e3).rounded() == 10467)
    #expect((sleep.standardErrors[0] * 1e3).rounded() == 6825)
    #expect((sleep.standardErrors[1] * 1e3).rounded() == 1546)
    #expect((sleep.deviance * 10).rounded() == 17436)
    #expect((sleep.randomDeviations[0] * 100).rounded() == 2474)
    #expect((sleep.randomDeviations[1] * 100).rounded() == 592)
    #expect((sleep.residualVariance.squareRoot() * 100).rounded() == 2559)

    // Pinheiro and Bates 2000, Orthodont: distance ~ age, random ~ age | Subject.
    let growth = try LinearMixedModelTests.row("growth without sex reml").model()
    #expect((growth.randomDeviations[0] * 1e4).rounded() == 23270)
    #expect((growth.randomDeviations[1] * 1e4).rounded() == 2264)
    #expect((growth.residualVariance.squareRoot() * 1e4).rounded() == 13100)
    #expect((growth.logLikelihood * 1e4).rounded() == -2_213_183)

    // SAS PROC MIXED documentation, repeated measures example, compound symmetry by ML; its
    // covariance is that of a random intercept.
    let symmetric = try LinearMixedModelTests.row("growth, intercept ml").model()
    #expect(symmetric.deviance.agrees(with: 428.639058, within: 1e-8))
    let printed = [16.340625, 1.03210227, 0.784375, -0.30482955]
    for (ours, theirs) in zip(symmetric.coefficients, printed) {
      #expect(abs(ours - theirs) < 5e-9)
    }
  }

  @Test("is the paired t test where there are two measurements")
  func pairedTest() throws {
    let row = try LinearMixedModelTests.row("sleep reml")
    let difference = try #require(try row.model().coefficient("second"))
    let d = (0..<10).map { row.response[$0 + 10] - row.response[$0] }
    let average = mean(d)
    let variance = squares(d) / 9
    let error = (variance / 10).squareRoot()
    #expect(difference.estimate.agrees(with: average, within: 1e-12))
    #expect(difference.standardError.agrees(with: error, within: 1e-9))
    #expect(difference.degreesOfFreedom.agrees(with: 9, within: 1e-7))
    #expect((difference.pValue() * 1e6).rounded() == 2833)
    #expect(difference.pValue(.greater) < 0.002 && difference.pValue(.less) > 0.998)
    #expect(difference.pValue(against: average) > 0.999_999)
    // The limits R's t.test prints.
    #expect(abs(difference.lower - 0.7001142) < 5e-8 && abs(difference.upper - 2.4598858) < 5e-8)
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// The sum of squares about the mean.
  private func squares(_ values: [Double]) -> Double {
    let center = mean(values)
    return values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  }

  @Test("is ordinary regression without random effects")
  func regression() throws {
    let x = (0..<12).map { Double($0 * $0 % 7) }
    let y = (0..<12).map { Double($0 * 5 % 11) + 0.3 * Double($0) }
    let model = try LinearMixedModel(
      y, fixed: [.intercept(12), DesignColumn("x", x)], random: [], subjects: Array(0..<12))
    let slope = try #require(try model.coefficient("x"))
    #expect(slope.degreesOfFreedom.agrees(with: 10, within: 1e-12))
    let sxx = squares(x)
    // Products, by the squares of a sum.
    let sxy = (squares(zip(x, y).map { $0 + $1 }) - sxx - squares(y)) / 2
    #expect(slope.estimate.agrees(with: sxy / sxx, within: 1e-12))
    let variance = squares(zip(x, y).map { $1 - sxy / sxx * $0 }) / 10
    #expect(model.residualVariance.agrees(with: variance, within: 1e-12))
    #expect(slope.standardError.agrees(with: (variance / sxx).squareRoot(), within: 1e-12))
    #expect(!model.isSingular)
  }

  @Test("is the analysis of variance of a balanced one-way layout")
  func analysisOfVariance() throws {
    let values = (0..<40).map { (index: Int) -> Double in
      let (group, place) = (index / 5, index % 5)
      return Double((group * 13 + place * 7) % 9 + group % 4 * 3)
    }
    let groups = (0..<8).map { Array(values[5 * $0..<5 * $0 + 5]) }
    let model = try LinearMixedModel(
      values, fixed: [.intercept(40)], random: [.intercept(40)], subjects: (0..<40).map { $0 / 5 })
    let between = 5 * squares(groups.map { mean($0) }) / 7
    let within = groups.reduce(0) { $0 + squares($1) } / 32
    #expect(between > within)
    #expect(model.residualVariance.agrees(with: within, within: 1e-9))
    #expect(model.randomCovariance[0][0].agrees(with: (between - within) / 5, within: 1e-9))
    let intercept = try model.contrast([1])
    #expect(intercept.standardError.agrees(with: (between / 40).squareRoot(), within: 1e-9))
    #expect(intercept.degreesOfFreedom.agrees(with: 7, within: 1e-7))
    // The test of one contrast is the square of t.
    let joint = try model.test([[1]])
    #expect(joint.statistic.agrees(with: intercept.statistic * intercept.statistic, within: 1e-12))
    #expect(joint.denominatorDegreesOfFreedom.agrees(with: 7, within: 1e-7))
    #expect(joint.pValue.agrees(with: intercept.pValue(), within: 1e-9))
  }

  @Test("says that a variance is estimated as nothing, and then tests as without it")
  func singular() throws {
    // Every group has the same mean, which chance alone would not give.
    let pattern = [1, 3, -2, 0, 5.0]
    let values = (0..<30).map { pattern[$0 % 5] }
    let model = try LinearMixedModel(
      values, fixed: [.intercept(30)], random: [.intercept(30)], subjects: (0..<30).map { $0 / 5 })
    let plain = try LinearMixedModel(
      values, fixed: [.intercept(30)], random: [], subjects: (0..<30).map { $0 / 5 })
    #expect(model.isSingular && !plain.isSingular)
    #expect(model.randomCovariance[0][0] < 1e-8 * model.residualVariance)
    #expect(model.logLikelihood.agrees(with: plain.logLikelihood, within: 1e-10))
    let (one, other) = (try model.contrast([1]), try plain.contrast([1]))
    #expect(one.standardError.agrees(with: other.standardError, within: 1e-8))
    #expect(one.degreesOfFreedom.agrees(with: other.degreesOfFreedom, within: 1e-6))
  }

  @Test(
    "does not depend on units, origins or the order of observations",
    arguments: ["piecewise, three effects reml", "piecewise, late slope alike ml", "trial reml"])
  func equivariance(name: String) throws {
    let row = try LinearMixedModelTests.row(name)
    let model = try row.model()
    var changed = row
    let order = row.response.indices.sorted { ($0 * 7919 % 1009, $0) < ($1 * 7919 % 1009, $1) }
    changed.response = order.map { 100 + 1000 * row.response[$0] }
    changed.subjects = order.map { row.subjects[$0] }
    changed.fixed = row.fixed.enumerated().map { index, column in
      .init(
        name: column.name, values: order.map { column.values[$0] * (index == 1 ? 0.001 : 1) })
    }
    // The second random column is shifted by 50 and scaled: another basis of the same effects.
    changed.random = row.random.enumerated().map { index, column in
      .init(
        name: column.name,
        values: order.map { index == 1 ? (column.values[$0] - 50) / 7 : column.values[$0] })
    }
    let other = try changed.model()
    #expect(other.isSingular == model.isSingular)
    #expect(other.residualVariance.agrees(with: 1e6 * model.residualVariance, within: 1e-7))
    for index in model.coefficients.indices {
      let scale = index == 1 ? 1e6 : 1000
      let shift = index == 0 ? 100.0 : 0
      #expect(
        other.coefficients[index].agrees(
          with: shift + scale * model.coefficients[index], within: 1e-7))
      let (one, two) = (
        try #require(try model.coefficient(model.fixedNames[index])),
        try #require(try other.coefficient(other.fixedNames[index]))
      )
      #expect(two.standardError.agrees(with: scale * one.standardError, within: 1e-7))
      #expect(two.degreesOfFreedom.agrees(with: one.degreesOfFreedom, within: 1e-5))
    }
  }

  @Test("fits where residuals are tiny or subjects hardly differ", arguments: [1e-4, 1e-2, 30])
  func extremes(noise: Double) throws {
    let n = 60
    let time = (0..<n).map { Double($0 % 6) }
    let values = (0..<n).map { index in
      let subject = Double(index / 6)
      let wiggle = Double((index * 7919 + 13) % 97) / 97 - 0.5
      return subject * 0.7 + time[index] * (1 + (subject * 3).truncatingRemainder(dividingBy: 4))
        + noise * wiggle
    }
    let model = try LinearMixedModel(
      values, fixed: [.intercept(n), DesignColumn("time", time)],
      random: [.intercept(n), DesignColumn("time", time)], subjects: (0..<n).map { $0 / 6 })
    let deviation = model.residualVariance.squareRoot() / noise
    #expect(deviation > 0.2 && deviation < 0.4, "a uniform has 0.289: \(deviation)")
    #expect(model.iterations < 60)
  }
}

struct MixedModelRefusalTests {
  private func message(
    _ values: [Double], fixed: [DesignColumn], random: [DesignColumn], subjects: [Int]
  ) -> String? {
    let error = #expect(throws: StatisticsError.self) {
      try LinearMixedModel(values, fixed: fixed, random: random, subjects: subjects)
    }
    return error?.description
  }

  @Test("refuses what cannot be estimated, and says why")
  func refuses() throws {
    let one = DesignColumn.intercept(4)
    #expect(
      message([1, 2, 3], fixed: [one], random: [], subjects: [1, 2, 3])
        == "the column intercept has 4 values for 3 observations")
    #expect(
      message([1, 2, 3], fixed: [.intercept(3)], random: [], subjects: [1, 2])
        == "the column intercept has 3 values for 2 observations")
    #expect(
      message([1, .nan, 3, 4], fixed: [one], random: [], subjects: [1, 2, 3, 4])
        == "every value must be a finite number, unlike nan")
    #expect(
      message([3], fixed: [.intercept(1)], random: [], subjects: [1])
        == "1 observations are too few for 1 coefficients")
    let twice = DesignColumn("twice", [2, 2, 2, 2])
    #expect(
      message([1, 2, 4, 3], fixed: [one, twice], random: [], subjects: [1, 1, 2, 2])
        == "the column twice is a combination of the columns before it")
    #expect(
      message([1, 2, 4, 3], fixed: [one], random: [one, twice], subjects: [1, 1, 2, 2])
        == "the column twice is a combination of the columns before it")
    #expect(
      message([2, 2, 2, 2], fixed: [one], random: [one], subjects: [1, 1, 2, 2])
        == "the fixed effects reproduce every value, so nothing varies")
    #expect(
      message([1, 2, 4, 3], fixed: [one], random: [one], subjects: [1, 2, 3, 4])
        == "4 observations of 4 subjects cannot tell the variances of 1 random effects and of the"
        + " residuals apart")
  }

  @Test("two measurements a subject cannot carry an intercept and a slope")
  func notIdentifiable() throws {
    let row = try LinearMixedModelTests.row("sleep reml")
    let columns = row.fixed.map { DesignColumn($0.name, $0.values) }
    let error = #expect(throws: StatisticsError.self) {
      try LinearMixedModel(row.response, fixed: columns, random: columns, subjects: row.subjects)
    }
    #expect(
      error == .covarianceNotIdentifiable(effects: 2, observations: 20, subjects: 10))
  }

  @Test("refuses contrasts that test nothing")
  func contrasts() throws {
    let model = try LinearMixedModelTests.row("sleep reml").model()
    for weights in [[0, 0], [1], [1, .nan]] {
      #expect(throws: StatisticsError.self) { try model.contrast(weights) }
    }
    let error = #expect(throws: StatisticsError.self) { try model.test([[1, 1], [2, 2]]) }
    #expect(
      error?.description
        == "[2.0, 2.0] is not a contrast of 2 coefficients that tests anything new")
    #expect(throws: StatisticsError.self) { try model.test([]) }
    #expect(throws: StatisticsError.self) { try model.contrast([1, 0], level: 1) }
    #expect(try model.coefficient("third") == nil)
  }
}
