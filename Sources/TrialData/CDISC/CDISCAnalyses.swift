/// Reads ADRS and ADTR: what an analysis made of the tumor assessments.
///
/// - ADRS `OVR` (and `OVRB`, by an independent assessor) are overall responses. Parameters that
///   say yes or no of a subject (RSP, CRSP, CB, DEATH, …) are events, on their date if they have
///   one. Others (BOR, CBOR, LSTA, …) are left out and noted: they are derived anew.
/// - ADTR `SDIAM` is the sum of diameters. `LDIAMn` and `NLDIAMn` are the diameters of target
///   lesion n, the latter of a node by its short axis.
///
/// Rows whose `ANL01FL` is not Y, where there is one, are not what was analyzed, and left out.
final class CDISCAnalyses {
  private static let responses = [
    "OVR": "overall", "OVRB": "overall", "OVRLRESP": "overall", "TRGRESP": "target",
    "NTRGRESP": "non_target", "NEWLIND": "new_lesion",
  ]

  private let responses: CDISCResponses
  private let stage: Stage
  private var lesions: Set<LesionCells> = []
  private var leftOut: [String: Int] = [:]
  private var unanalyzed: [String: Int] = [:]

  init(_ responses: CDISCResponses, stage: Stage) {
    self.responses = responses
    self.stage = stage
  }

  func read(_ table: CDISCTable, _ dates: CDISCDates) {
    let source = table.source
    guard let parameter = source.column("PARAMCD") else { return }
    let flag = source.column("ANL01FL")
    let lengths = Lengths(table, stage: stage)
    for row in 0..<source.rowCount {
      guard let name = source.text(row, parameter) else {
        stage.problems.add(source.problem(row, parameter, .missing, expected: "a parameter"))
        continue
      }
      if let flag, source.text(row, flag) != "Y" {
        unanalyzed[name, default: 0] += 1
        continue
      }
      guard let subject = table.subject(row) else { continue }
      if table.domain == .adtr {
        addLength(name, subject, table, row, dates, lengths)
      } else {
        addResponse(name, subject, table, row, dates)
      }
    }
  }

  private func addLength(
    _ name: String, _ subject: Int64, _ table: CDISCTable, _ row: Int, _ dates: CDISCDates,
    _ lengths: Lengths
  ) {
    guard name == "SDIAM" || Self.lesionNumber(name) != nil else {
      leftOut[name, default: 0] += 1
      return
    }
    guard let length = lengths.cell(row), length != Cell.missing,
      let day = dates.day(row, subject: subject)
    else { return }
    if name == "SDIAM" {
      let key = CDISCResponses.Key(
        subject: subject, day: day, evaluator: table.evaluator(row))
      responses.add("sum_of_diameters", length, to: key, visit: table.visit(row), table, row)
      return
    }
    let isNodal = name.hasPrefix("N")
    let lesion = LesionCells(
      subject: subject,
      lesion: table.cell(table.source.text(row, table.source.column("TRLNKID")) ?? name))
    if lesions.insert(lesion).inserted {
      let role = stage.names.cell(LesionRole.target.rawValue)
      let site = table.cell(table.source.text(row, table.source.column(anyOf: ["TULOC", "TRLOC"])))
      stage.table(.lesion).append(
        [subject, lesion.lesion, role, site, isNodal ? 1 : 0], table.place(row))
    }
    stage.table(.measurement).append(
      [
        subject, lesion.lesion, day, table.visit(row), length, Cell.missing, table.evaluator(row),
      ], table.place(row))
  }

  /// The n of LDIAMn and NLDIAMn.
  private static func lesionNumber(_ name: String) -> Int? {
    for prefix in ["NLDIAM", "LDIAM"] where name.hasPrefix(prefix) {
      return Int(name.dropFirst(prefix.count))
    }
    return nil
  }

  private func addResponse(
    _ name: String, _ subject: Int64, _ table: CDISCTable, _ row: Int, _ dates: CDISCDates
  ) {
    let source = table.source
    let text = source.text(row, source.column("AVALC"))
    if let column = Self.responses[name] {
      let kind: ColumnKind = column == "new_lesion" ? .flag : .response
      guard let text, case .success(let cell) = kind.cell(text, names: stage.names) else {
        stage.problems.add(
          source.problem(
            row, source.column("AVALC"), text.map { .value($0) } ?? .missing,
            expected: kind.expectation))
        return
      }
      guard let day = dates.day(row, subject: subject) else { return }
      responses.add(
        column, cell, to: key(name, subject, day, table, row), visit: table.visit(row), table, row)
    } else if text == "Y" || text == "N", let day = dates.dayIfGiven(row, subject: subject) {
      stage.table(.event).append(
        [subject, stage.names.cell(name.lowercased()), day, text == "Y" ? 1 : 0],
        table.place(row))
    } else if text != "Y", text != "N" {
      leftOut[name, default: 0] += 1
    }
  }

  private func key(
    _ name: String, _ subject: Int64, _ day: Int64, _ table: CDISCTable, _ row: Int
  ) -> CDISCResponses.Key {
    var evaluator = table.evaluator(row)
    if name == "OVRB", evaluator == Cell.missing {
      evaluator = stage.names.cell("INDEPENDENT ASSESSOR")
    }
    return CDISCResponses.Key(subject: subject, day: day, evaluator: evaluator)
  }

  func note() {
    if !unanalyzed.isEmpty {
      stage.note("left out, as ANL01FL is not Y: \(CDISCReader.list(unanalyzed))")
    }
    if !leftOut.isEmpty {
      stage.note("ADRS and ADTR: left out \(CDISCReader.list(leftOut))")
    }
  }

  /// AVAL in millimeters, unless AVALU says centimeters.
  private struct Lengths {
    private let table: CDISCTable
    private let stage: Stage
    private let millimeters: CellConverter?
    private let centimeters: CellConverter?
    private let unit: Int?

    init(_ table: CDISCTable, stage: Stage) {
      self.table = table
      self.stage = stage
      millimeters = table.converter(["AVAL"], .length, ValueMapping(unit: .millimeters))
      centimeters = table.converter(["AVAL"], .length, ValueMapping(unit: .centimeters))
      unit = table.source.column("AVALU")
    }

    func cell(_ row: Int) -> Int64? {
      switch table.source.text(row, unit)?.lowercased() {
      case nil, "mm": return millimeters?.cell(row) ?? Cell.missing
      case "cm": return centimeters?.cell(row) ?? Cell.missing
      case let other?:
        stage.problems.add(
          table.source.problem(row, unit, .value(other), expected: "mm or cm"))
        return nil
      }
    }
  }
}
