import ReferenceTesting
import Testing

@testable import Statistics

struct MixedModelDerivativesTests {
  @Test(
    "the likelihood equals the one written out, and is its maximum",
    arguments: try LinearMixedModelTests.reference.get().rows.filter { $0.response.count < 120 })
  func maximum(row: MixedModelRow) throws {
    let model = try row.model()
    let dense = DenseLikelihood(row: row)
    let best = try #require(
      dense.value(
        randomCovariance: model.randomCovariance, residualVariance: model.residualVariance))
    #expect(model.logLikelihood.agrees(with: best, within: 1e-9))
    let deviations = model.randomDeviations.map { max($0, 1e-9) }
    for step in [1e-3, -1e-3] {
      var covariance = model.randomCovariance
      let other = dense.value(
        randomCovariance: covariance, residualVariance: model.residualVariance * (1 + step))
      #expect(try #require(other) < best)
      for i in deviations.indices {
        for j in 0...i {
          covariance = model.randomCovariance
          covariance[i][j] += step * deviations[i] * deviations[j]
          if i != j { covariance[j][i] = covariance[i][j] }
          // On the boundary half of the neighbors are no covariances.
          guard isCovariance(covariance),
            let other = dense.value(
              randomCovariance: covariance, residualVariance: model.residualVariance)
          else { continue }
          #expect(other <= best + 1e-9, "\(i) \(j) \(step)")
        }
      }
    }
  }

  private func isCovariance(_ nested: [[Double]]) -> Bool {
    var matrix = Matrix(rows: nested.count, columns: nested.count)
    for i in nested.indices {
      for j in nested.indices {
        matrix[i, j] = nested[i][j] / (nested[i][i] * nested[j][j]).squareRoot()
      }
    }
    return (SymmetricEigen(matrix).values.min() ?? -1) >= -1e-12
  }

  static let factors: [[Double]] = [
    [1, 0, 0, 1, 0, 1], [0.7, -0.4, 0.2, 1.3, 0.5, 0.3], [3, 1, -2, 0.1, 0.05, 2],
    [0.5, 0.2, 0.1, 0, 0, 0.4],
  ]

  @Test(
    "slopes and curvatures are those of the deviance", arguments: factors,
    [LikelihoodCriterion.restricted, .full])
  func derivatives(elements: [Double], criterion: LikelihoodCriterion) throws {
    let row = try LinearMixedModelTests.row("piecewise, three effects reml")
    let design = try design(row)
    let point = { (shift: [Double]) in
      var factor = Matrix(rows: 3, columns: 3)
      for (index, (i, j)) in [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (2, 2)].enumerated() {
        factor[i, j] = elements[index] + shift[index]
      }
      return try #require(CriterionPoint(design, criterion, factor: factor))
    }
    let here = FactorDerivatives(try point([0, 0, 0, 0, 0, 0]))
    #expect(here.elements.map { "\($0.0)\($0.1)" } == ["00", "10", "20", "11", "21", "22"])
    let size = here.gradient.map(\.magnitude).max() ?? 0
    let curve = here.profiledHessian.elements.map(\.magnitude).max() ?? 0
    for index in 0..<6 {
      let step = 1e-4
      let shifted = { (times: Double) in
        try point((0..<6).map { $0 == index ? times * step : 0 })
      }
      // Central differences with the next order removed.
      let rise = { (value: (CriterionPoint) -> Double) in
        let near = value(try shifted(1)) - value(try shifted(-1))
        let far = value(try shifted(2)) - value(try shifted(-2))
        return (8 * near - far) / (12 * step)
      }
      #expect(abs(try rise(\.deviance) - here.gradient[index]) < 1e-7 * size)
      for other in 0..<6 {
        let slope = try rise { FactorDerivatives($0).gradient[other] }
        #expect(abs(slope - here.profiledHessian[other, index]) < 1e-7 * curve)
      }
      let combination = [0.3, -1, 2]
      let variance = try rise {
        // With σ² held where it is.
        let sigma = here.derivatives.point.residualVariance
        return sigma * dot(combination, $0.information.solve(combination))
      }
      let expected = here.variance(of: combination)
      #expect(abs(variance - expected.slope[index]) < 1e-7 * expected.value)
      #expect(expected.slope[6] == expected.value)
    }
  }

  private func design(_ row: MixedModelRow) throws -> ReducedDesign {
    let groups = Dictionary(grouping: row.subjects.indices) { row.subjects[$0] }
    return try ReducedDesign(
      row.response, fixed: row.fixed.map { DesignColumn($0.name, $0.values) },
      random: row.random.map { DesignColumn($0.name, $0.values) },
      members: groups.keys.sorted().compactMap { groups[$0] })
  }

  @Test("eigenvectors make the matrix diagonal, and pseudo-solutions leave out what is nothing")
  func eigen() {
    var matrix = Matrix(rows: 3, columns: 3)
    for (index, value) in [4, 1, -2, 1, 3, 0.5, -2, 0.5, 1.0].enumerated() {
      matrix[index / 3, index % 3] = value
    }
    let eigen = SymmetricEigen(matrix)
    for (value, vector) in zip(eigen.values, eigen.vectors) {
      for (left, right) in zip(matrix * vector, vector) {
        #expect(abs(left - value * right) < 1e-14)
      }
    }
    #expect(eigen.values.reduce(0, +).agrees(with: 8, within: 1e-14))
    var flat = Matrix(diagonal: 2, size: 2)
    flat[1, 1] = 1e-20
    #expect(SymmetricEigen(flat).pseudoSolve([4, 1], tolerance: 1e-12) == [2, 0])
    #expect(Cholesky(flat) != nil)
    flat[1, 1] = -1
    #expect(Cholesky(flat) == nil)
  }
}
