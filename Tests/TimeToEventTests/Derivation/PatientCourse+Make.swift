import RECIST

@testable import TimeToEvent

extension PatientCourse {
  /// A course by codes: "PR" on a day, or "iUPD".
  static func make(
    _ visits: [(Int, String)], death: Int? = nil, contact: Int? = nil, therapy: Int? = nil
  ) throws -> Self {
    try Self(
      visits: visits.compactMap { day, code in
        ResponseCode(reading: code).map { ImmuneVisit(day: day, response: $0) }
      }, deathDay: death, lastContactDay: contact, newTherapyDay: therapy)
  }
}
