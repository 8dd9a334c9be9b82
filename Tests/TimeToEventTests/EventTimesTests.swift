import Testing

@testable import TimeToEvent

struct EventTimesTests {
  @Test(
    "refuses times that cannot be", arguments: [-1, -Double.ulpOfOne, .nan, .infinity, -.infinity])
  func unusableTime(time: Double) throws {
    #expect {
      try EventTimes(times: [3, time], occurred: [true, false])
    } throws: { error in
      guard case TimeToEventError.unusableTime(_, index: 1) = error else { return false }
      return "\(error)"
        == "the time of subject 2 must be a finite number of at least 0, not \(time)"
    }
  }

  @Test("refuses no subjects, and columns of other lengths")
  func shapes() {
    #expect(throws: TimeToEventError.noSubjects) { try EventTimes(times: [], occurred: []) }
    #expect(throws: TimeToEventError.unequalColumn("occurred", values: 2, subjects: 1)) {
      try EventTimes(times: [1], occurred: [true, false])
    }
  }

  @Test("times within the tolerance become the first of them; -0 is 0")
  func nearlyEqual() throws {
    let close = try EventTimes(
      times: [1 + 0x1p-27, 1, 2, -0.0], occurred: [true, true, true, true])
    #expect(close.times == [1, 1, 2, 0])
    let apart = try EventTimes(times: [1 + 0x1p-24, 1], occurred: [true, true])
    #expect(apart.times == [1 + 0x1p-24, 1])
    let large = try EventTimes(
      times: [1e9, 1e9 + 1, 3e9, 10e9], occurred: [true, true, true, true])
    #expect(large.times == [1e9, 1e9, 3e9, 10e9])
  }

  @Test("whole numbers and others are arranged alike")
  func bothWays() throws {
    let days = (0..<5_000).map { Double($0 * 7919 % 1_009) }
    let whole = TimeGrid(days)
    let scaled = TimeGrid(days.map { $0 / 30.4375 })
    #expect(whole.ranks == scaled.ranks)
    #expect(whole.times == Array(Set(days)).sorted())
    #expect(scaled.times == whole.times.map { $0 / 30.4375 })
  }

  @Test("radix order is the stable order")
  func radixOrder() {
    let values = (0..<3_000).map { (index: Int) -> Double in
      let third = Double(index * 104_729 % 2_003) / 3
      return index % 5 == 0 ? third * 1e-9 : third * 1e12
    }
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(risingOrder(values).map(Int.init) == expected)
  }

  @Test("a subset keeps the times that were equal in the whole")
  func subset() throws {
    let whole = try EventTimes(
      times: [5, 1, 3, 1, 9, 7, 8, 2], occurred: (0..<8).map { $0 % 2 == 0 })
    let part = try whole.subset([3, 0, 1])
    #expect(part.times == [1, 5, 1])
    #expect(part.occurred == [false, true, false])
    #expect(try whole.subset([4]).times == [9])
    #expect(throws: TimeToEventError.noSubjects) { try whole.subset([]) }
  }

  @Test("crossed groups are the combinations that occur")
  func crossing() throws {
    let crossed = try Grouping.crossing([Grouping(["F", "M", "F"]), Grouping(["A", "A", "B"])])
    #expect(crossed.labels == ["F, A", "M, A", "F, B"])
    #expect(crossed.codes == [0, 1, 2])
  }
}
