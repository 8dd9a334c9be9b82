import ReferenceTesting
import Statistics
import Testing

struct LinearMixedModelTests {
  static let reference = Result {
    try ReferenceTable<MixedModelRow>.load("mixed-models", in: .module)
  }

  static func row(_ name: String) throws -> MixedModelRow {
    try #require(try reference.get().rows.first { $0.name == name })
  }

  @Test("estimates agree with lme4", arguments: try reference.get().rows)
  func agreesWithLme4(row: MixedModelRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let model = try row.model()
    for (ours, theirs) in zip(model.coefficients, row.coefficients) {
      #expect(ours.agrees(with: theirs, within: tolerance), "\(ours) v \(theirs)")
    }
    for (ours, theirs) in zip(model.standardErrors, row.standardErrors) {
      #expect(ours.agrees(with: theirs, within: tolerance), "\(ours) v \(theirs)")
    }
    #expect(model.residualVariance.agrees(with: row.residualVariance, within: tolerance))
    #expect(model.logLikelihood.agrees(with: row.logLikelihood, within: 1e-8))
    #expect(model.logLikelihood >= row.logLikelihood - 1e-9)
    #expect(model.isSingular == row.isSingular)
    #expect(model.gradient < 1e-7, "\(model.gradient) after \(model.iterations)")
    #expect(model.iterations < 40)
  }

  @Test("the covariance of random effects agrees with lme4", arguments: try reference.get().rows)
  func randomCovariance(row: MixedModelRow) throws {
    let ours = try row.model().randomCovariance
    let theirs = row.randomCovariance
    for i in theirs.indices {
      for j in theirs.indices {
        let size = (theirs[i][i] * theirs[j][j]).squareRoot()
        #expect(abs(ours[i][j] - theirs[i][j]) <= 1e-4 * size, "\(ours) v \(theirs)")
      }
    }
  }

  @Test(
    "degrees of freedom and p agree with lmerTest", arguments: try reference.get().rows)
  func agreesWithLmerTest(row: MixedModelRow) throws {
    let model = try row.model()
    for (index, name) in model.fixedNames.enumerated() {
      let coefficient = try #require(try model.coefficient(name))
      #expect(
        coefficient.degreesOfFreedom.agrees(with: row.degreesOfFreedom[index], within: 1e-4),
        "\(name): \(coefficient.degreesOfFreedom) v \(row.degreesOfFreedom[index])")
      #expect(coefficient.pValue().agrees(with: row.pValues[index], within: 1e-3))
    }
    guard let joint = row.joint, !joint.isEmpty else { return }
    let test = try model.test(
      model.fixedNames.indices.dropFirst().map { index in
        model.fixedNames.indices.map { $0 == index ? 1 : 0 }
      })
    #expect(test.statistic.agrees(with: joint[0], within: 1e-5))
    #expect(Double(test.numeratorDegreesOfFreedom) == joint[1])
    #expect(test.denominatorDegreesOfFreedom.agrees(with: joint[2], within: 1e-3))
    #expect(test.pValue.agrees(with: joint[3], within: 1e-3))
  }
}
