import Testing
import TrialDesign

struct RandomStreamTests {
  @Test("holds seed in the key and position, patient and replicate in the counter")
  func layout() {
    let seed: UInt64 = 0x299f_31d0_a409_3822
    let replicate: UInt64 = 0x0370_7344_1319_8a2e
    var stream = RandomStream(seed: seed, replicate: replicate, patient: 6)
    for position in 0..<3 as Range<UInt32> {
      let words = Philox.words(
        counter: SIMD4(position, 7, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0))
      #expect(stream.next() == UInt64(words.x) | UInt64(words.y) << 32)
      #expect(stream.next() == UInt64(words.z) | UInt64(words.w) << 32)
    }
  }

  @Test("starts with the published words")
  func published() {
    var stream = RandomStream(seed: 0, replicate: 0)
    #expect(stream.next() == 0xe169_c58d_6627_e8d5)
    #expect(stream.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  @Test("no two streams share a number")
  func distinct() {
    var seen: Set<UInt64> = []
    for seed in [0, 1, 1 << 32] as [UInt64] {
      for replicate in [0, 1, 1 << 32, .max] as [UInt64] {
        var streams = (0..<5).map { RandomStream(seed: seed, replicate: replicate, patient: $0) }
        streams.append(RandomStream(seed: seed, replicate: replicate))
        for var stream in streams {
          for _ in 0..<20 { seen.insert(stream.next()) }
        }
      }
    }
    #expect(seen.count == 3 * 4 * 6 * 20)
  }

  @Test("four normals at once are the same four")
  func fourNormals() {
    var one = RandomStream(seed: 3, replicate: 5)
    var four = one
    for _ in 0..<500 {
      let expected = [one.normal(), one.normal(), one.normal(), one.normal()]
      let found = four.normals()
      #expect((0..<4).map { found[$0] } == expected)
    }
  }

  /// Five standard errors: one false alarm in about two million for each moment, and the seed is
  /// fixed.
  @Test("has the moments of its distributions")
  func moments() {
    let count = 100_000
    var stream = RandomStream(seed: 2026, replicate: 1)
    let uniforms = (0..<count).map { _ in stream.uniform() }
    let normals = (0..<count).map { _ in stream.normal() }
    let exponentials = (0..<count).map { _ in stream.exponential() }
    #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(exponentials.allSatisfy { $0 > 0 })
    let root = Double(count).squareRoot()
    for (values, power, expected, spread) in [
      (uniforms, 1, 0.5, (1 / 12.0).squareRoot()),
      (uniforms, 2, 1 / 3.0, (4 / 45.0).squareRoot()),
      (normals, 1, 0, 1),
      (normals, 2, 1, 2.0.squareRoot()),
      (normals, 3, 0, 15.0.squareRoot()),
      (normals, 4, 3, 96.0.squareRoot()),
      (exponentials, 1, 1, 1),
      (exponentials, 2, 2, 20.0.squareRoot()),
    ] as [([Double], Int, Double, Double)] {
      let moment =
        values.reduce(0) { sum, value in
          sum + (1..<power).reduce(value) { product, _ in product * value }
        } / Double(count)
      #expect((moment - expected).magnitude < 5 * spread / root, "moment \(power)")
    }
  }
}
