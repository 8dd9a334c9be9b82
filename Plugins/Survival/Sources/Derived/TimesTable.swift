import JSON
import PluginProtocol
import TimeToEvent

/// Every patient's derived time, laid out as CDISC's ADTTE.
struct TimesTable {
  let derived: DerivedTimes
  let subjects: [String]

  /// AVAL counts both ends, so that it is one more than the days from start to end.
  var table: ResultDocument.ResultTable {
    .init(
      name: "adtte", title: "Times of patients, as ADTTE has them",
      columns: [
        .init("USUBJID", "USUBJID"), .init("PARAMCD", "PARAMCD"),
        .init("STARTDY", "Start day", .count), .init("AVAL", "AVAL", .count),
        .init("AVALU", "AVALU"), .init("CNSR", "CNSR", .count), .init("EVNTDESC", "EVNTDESC"),
      ],
      rows: subjects.compactMap { subject in
        guard let time = derived.outcomes[subject]?.time else { return nil }
        return [
          .string(subject), .string(time.endpoint.parameterCode), .integer(Int64(time.startDay)),
          .integer(Int64(time.time + 1)), .string("DAYS"), .integer(time.occurred ? 0 : 1),
          .string("\(time.reason)"),
        ]
      })
  }
}

extension TimeEndpoint {
  /// CDISC's parameter code, of at most eight characters.
  var parameterCode: String { self == .stabilization ? "STABIL" : rawValue.uppercased() }
}
