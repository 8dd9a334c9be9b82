import Foundation
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct ImmuneSignalTests {
  struct Row: Decodable, Sendable {
    let doses: [Double]?
    let until: Double?
    let strength, day, signal, integral: Double

    var input: ImmuneSignal.Input {
      if let doses { return .doses(days: doses, strength: strength) }
      return .continuous(untilDay: until ?? 0, strength: strength)
    }
  }

  static let table = Result { try ReferenceTable<Row>.load("immune-signal", in: .module) }

  @Test("agrees with mpmath's matrix exponential", arguments: try table.get().rows)
  func agrees(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let signal = ImmuneSignal(row.input)
    // Other days on the way must not matter.
    for days in [[row.day], [row.day / 3, row.day]] {
      let value = try #require(signal.values(on: days).last)
      let integral = try #require(signal.cumulative(on: days).last)
      #expect(value.agrees(with: row.signal, within: tolerance))
      #expect(integral.agrees(with: row.integral, within: tolerance))
    }
  }

  @Test("a lower dose gives a lower signal, because full dose is what it is measured by")
  func dose() {
    let days = [42.0, 84, 168]
    let full = ImmuneSignal(.doses(days: [1, 15, 29], strength: 1)).values(on: days)
    let half = ImmuneSignal(.doses(days: [1, 15, 29], strength: 0.5)).values(on: days)
    for (full, half) in zip(full, half) { #expect(half.agrees(with: full / 2, within: 1e-14)) }
  }

  @Test("reaches 1 at full dose")
  func steadyState() {
    let value = ImmuneSignal(.continuous(untilDay: 5_000, strength: 1)).values(on: [5_000])
    #expect(value[0].agrees(with: 1, within: 1e-12))
  }

  @Test("has doses in any order, and one on the day of a scan counts from then")
  func order() {
    let days = [15.0, 60]
    let sorted = ImmuneSignal(.doses(days: [1, 15, 29], strength: 1))
    let shuffled = ImmuneSignal(.doses(days: [29, 1, 15], strength: 1))
    #expect(sorted.cumulative(on: days) == shuffled.cumulative(on: days))
    #expect(
      ImmuneSignal(.doses(days: [0, 15], strength: 1)).values(on: [15])
        == ImmuneSignal(.doses(days: [0], strength: 1)).values(on: [15]))
  }

  @Test("an exponential of a matrix with a known one")
  func exponential() {
    var rotation = SquareMatrix(order: 2)
    rotation[0, 1] = -1
    rotation[1, 0] = 1
    let turned = SquareMatrix.exponential(of: rotation, times: 40)
    #expect(turned[0, 0].agrees(with: cos(40), within: 1e-12))
    #expect(turned[1, 0].agrees(with: sin(40), within: 1e-12))
  }
}
