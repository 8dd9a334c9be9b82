/// One rate of many patients, eight in a block so that they are computed with together.
package struct RateColumn: Sendable, Hashable {
  package let count: Int
  private(set) var blocks: [SIMD8<Double>]

  /// The last block is filled up with the first value, which is as harmless as any.
  package init(_ values: [Double]) {
    count = values.count
    blocks = stride(from: 0, to: values.count, by: 8).map { start in
      var block = SIMD8<Double>(repeating: values[0])
      for lane in 0..<min(8, values.count - start) { block[lane] = values[start + lane] }
      return block
    }
  }

  package subscript(patient: Int) -> Double { blocks[patient / 8][patient % 8] }
}
