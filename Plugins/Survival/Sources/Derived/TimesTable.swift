import JSON
import PluginProtocol
import TimeToEvent
import TrialData

/// Patients' derived times, laid out as CDISC's ADTTE.
///
/// AVAL counts both ends, so that it is one more than the days from start to end. STARTDY and ADY are
/// study days, of which 1 is day 0; dates are there where the data set has first doses.
struct TimesTable {
  /// Of the same patients.
  let endpoints: [DerivedTimes]
  let subjects: [Subject]

  var table: ResultDocument.ResultTable {
    .init(
      name: "adtte", title: "Times of patients, as ADTTE has them",
      columns: [
        .init("USUBJID", "USUBJID"), .init("PARAMCD", "PARAMCD"), .init("PARAM", "PARAM"),
        .init("STARTDT", "STARTDT"), .init("STARTDY", "STARTDY", .count), .init("ADT", "ADT"),
        .init("ADY", "ADY", .count), .init("AVAL", "AVAL", .count), .init("AVALU", "AVALU"),
        .init("CNSR", "CNSR", .count), .init("EVNTDESC", "EVNTDESC"),
        .init("CNSDTDSC", "CNSDTDSC"),
      ],
      rows: subjects.flatMap { subject in
        endpoints.compactMap { derived in
          derived.outcomes[subject.subject]?.time.map { Self.row($0, of: subject) }
        }
      })
  }

  private static func row(_ time: DerivedTime, of subject: Subject) -> [JSONValue] {
    [
      .string(subject.subject), .string(time.endpoint.parameterCode),
      .string(Endpoint(time.endpoint.rawValue).label), text(subject.date(ofDay: time.startDay)),
      studyDay(time.startDay), text(subject.date(ofDay: time.endDay)), studyDay(time.endDay),
      .integer(Int64(time.time + 1)), .string("DAYS"), .integer(time.occurred ? 0 : 1),
      .string(time.reason.kind.rawValue), text(time.reason.censoringDate),
    ]
  }

  private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  private static func studyDay(_ day: Int) -> JSONValue {
    .integer(Int64(day >= 0 ? day + 1 : day))
  }
}

extension TimeEndpoint {
  /// CDISC's parameter code, of at most eight characters.
  var parameterCode: String { self == .stabilization ? "STABIL" : rawValue.uppercased() }
}

extension DerivedTime.Reason {
  /// What the date of a censoring is; nothing of an event.
  fileprivate var censoringDate: String? {
    switch self {
    case .response, .progression, .death, .newTherapy: nil
    case .notAssessed, .noContact: "day 0"
    case .lastAssessment: "last evaluable assessment"
    case .beforeNewTherapy(_, let assessed), .missedScans(_, let assessed):
      assessed == nil ? "day 0" : "last evaluable assessment before"
    case .deathWithoutProgression(let day, let assessed):
      assessed == nil ? "day 0" : assessed == day ? "death" : "last evaluable assessment"
    case .noResponse: "end of progression-free time"
    case .lastContact: "last day known alive"
    }
  }
}
