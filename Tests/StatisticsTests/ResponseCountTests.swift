import Statistics
import Testing

struct ResponseCountTests {
  @Test("refuses impossible counts", arguments: [(-1, 5), (6, 5), (0, 0), (0, -1)])
  func refuses(responders: Int, patients: Int) {
    #expect(throws: StatisticsError.impossibleCount(responders: responders, patients: patients)) {
      try ResponseCount(responders: responders, patients: patients)
    }
  }
}
