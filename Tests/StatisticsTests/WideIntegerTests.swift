import Testing

@testable import Statistics

struct WideIntegerTests {
  @Test("binomial coefficients obey Pascal's rule at any size", arguments: [5, 64, 200, 1000])
  func pascal(n: Int) {
    for k in [1, 2, n / 3, n / 2, n - 1] {
      let sum = WideInteger(choosing: k - 1, of: n) + WideInteger(choosing: k, of: n)
      #expect(sum == WideInteger(choosing: k, of: n + 1))
    }
  }

  @Test("multiplies as it adds")
  func products() {
    // Vandermonde: Σ C(40, k) C(60, 50 − k) = C(100, 50).
    var sum = WideInteger(0)
    for k in 0...40 {
      sum += WideInteger(choosing: k, of: 40) * WideInteger(choosing: 50 - k, of: 60)
    }
    #expect(sum == WideInteger(choosing: 50, of: 100))
    #expect(WideInteger(0) * sum == WideInteger(0))
  }

  @Test("orders by size")
  func order() {
    let a = WideInteger(choosing: 70, of: 200)
    var b = a
    b += WideInteger(1)
    #expect(a < b && !(b < a) && WideInteger(3) < a && !(a < a))
  }
}

struct FisherFractionTests {
  @Test("mirrored tables have one p, and neighbors another")
  func ties() throws {
    let table = try ContingencyTable.make([15, 30, 61, 243])
    let ends = Diagonals.Ends(fromBelow: 4, fromAbove: 3)
    let mirrored = Diagonals.Ends(fromBelow: 3, fromAbove: 4)
    let fraction = FisherFraction(table, 76, ends)
    #expect(fraction == FisherFraction(table, 273 - 76, mirrored))
    #expect(FisherFraction(table, 76, mirrored) != fraction)
    let more = Diagonals.Ends(fromBelow: 5, fromAbove: 3)
    #expect(fraction < FisherFraction(table, 76, more))
  }
}
