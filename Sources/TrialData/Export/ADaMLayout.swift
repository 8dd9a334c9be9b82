internal import RECIST

/// A data set as ADaM data sets.
///
/// An endpoint with a time is a row of ADTTE; one without is a yes or no of ADRS. Target lesions are
/// parameters LDIAMn of ADTR, nodes NLDIAMn.
struct ADaMLayout {
  private let dataset: TrialDataset

  init(_ dataset: TrialDataset) { self.dataset = dataset }

  func tables() throws(TrialDataError) -> [ExportTable] {
    let assessments = try dataset.assessments()
    let events = try dataset.events()
    let times = ADaMTimes(events, of: try dataset.subjects())
    return [
      try subjects(), try exposures(), try measurements(assessments),
      responses(assessments, events), times.table, try markers(),
    ].filter { !$0.rows.isEmpty }
  }

  static let subject = ExportColumn("USUBJID", "Unique Subject Identifier", key: 1)

  private func subjects() throws(TrialDataError) -> ExportTable {
    let rows = try dataset.subjects().map { subject -> [ExportCell] in
      [
        .text(subject.subject), .text(subject.arm), .text(subject.arm), .number(subject.doseLevel),
        .text(subject.doseUnit), .text(subject.cohort), .text(subject.sex), .number(subject.age),
        .text(subject.firstDose),
      ]
    }
    return ExportTable(
      name: "ADSL", label: "Subject-Level Analysis",
      columns: [
        Self.subject, .init("ARM", "Description of Planned Arm"),
        .init("TRT01P", "Planned Treatment for Period 01"), .init("DOSELVL", "Dose Level", .number),
        .init("DOSELVLU", "Dose Level Units"), .init("COHORT", "Cohort"), .init("SEX", "Sex"),
        .init("AGE", "Age", .number), .init("TRTSDT", "Date of First Exposure to Treatment", .date),
      ], rows: rows)
  }

  private func exposures() throws(TrialDataError) -> ExportTable {
    let rows = try dataset.exposures().map { exposure -> [ExportCell] in
      [
        .text(exposure.subject), .text(exposure.drug), .number(exposure.dose),
        .text(exposure.unit), SDTMLayout.studyDay(exposure.day),
      ]
    }
    return ExportTable(
      name: "ADEX", label: "Exposure Analysis",
      columns: [
        Self.subject, .init("EXTRT", "Name of Treatment", key: 3),
        .init("EXDOSE", "Dose", .number), .init("EXDOSU", "Dose Units"),
        .init("ASTDY", "Analysis Start Relative Day", .whole, key: 2),
      ], rows: rows)
  }

  private func measurements(
    _ assessments: [Assessment]
  ) throws(TrialDataError) -> ExportTable {
    var rows: [[ExportCell]] = []
    for row in assessments {
      guard let sum = row.sumOfDiameters?.value else { continue }
      rows.append(
        [
          .text(row.subject), .text("SDIAM"), .missing, .missing, .text(row.visit),
          SDTMLayout.studyDay(row.day), .number(sum),
        ] + SDTMLayout.evaluators(row.evaluator))
    }
    let targets = try parameters()
    for row in try dataset.measurements() {
      guard let target = targets[[row.subject, row.lesion]], let length = row.diameter?.value else {
        continue
      }
      rows.append(
        [
          .text(row.subject), .text(target.parameter), .text(row.lesion), .text(target.site),
          .text(row.visit), SDTMLayout.studyDay(row.day), .number(length),
        ] + SDTMLayout.evaluators(row.evaluator))
    }
    return ExportTable(
      name: "ADTR", label: "Tumor Results Analysis",
      columns: [
        Self.subject, .init("PARAMCD", "Parameter Code", key: 2), .init("TRLNKID", "Link ID"),
        .init("TRLOC", "Location of the Tumor/Lesion"), .init("AVISIT", "Analysis Visit"),
        .init("ADY", "Analysis Relative Day", .whole, key: 3),
        .init("AVAL", "Analysis Value (mm)", .number),
      ] + SDTMLayout.evaluatorColumns("TR"), rows: rows)
  }

  /// For each target lesion its parameter, numbered within the subject.
  private func parameters() throws(TrialDataError) -> [[String]: (parameter: String, site: String?)]
  {
    var numbers: [String: Int] = [:]
    var parameters: [[String]: (parameter: String, site: String?)] = [:]
    for lesion in try dataset.lesions() where lesion.role == .target {
      numbers[lesion.subject, default: 0] += 1
      let number = numbers[lesion.subject, default: 0]
      parameters[[lesion.subject, lesion.lesion]] = (
        "\(lesion.isNodal ? "N" : "")LDIAM\(number)", lesion.site
      )
    }
    return parameters
  }

  private func responses(_ assessments: [Assessment], _ events: [Event]) -> ExportTable {
    var rows: [[ExportCell]] = []
    for row in assessments {
      let results: [(String, String?)] = [
        ("TRGRESP", row.target?.rawValue), ("NTRGRESP", row.nonTarget?.rawValue),
        ("NEWLIND", row.newLesion.map { $0 ? "Y" : "N" }), ("OVR", row.overall?.rawValue),
      ]
      for case (let parameter, let result?) in results {
        rows.append(
          [
            .text(row.subject), .text(parameter), .text(row.visit), SDTMLayout.studyDay(row.day),
            .text(result),
          ] + SDTMLayout.evaluators(row.evaluator))
      }
    }
    for event in events where !ADaMTimes.holds(event) {
      rows.append([
        .text(event.subject), .text(event.endpoint.uppercased()), .missing,
        event.day.map(SDTMLayout.studyDay) ?? .missing, .text(event.occurred ? "Y" : "N"),
        .missing, .missing,
      ])
    }
    return ExportTable(
      name: "ADRS", label: "Response Analysis",
      columns: [
        Self.subject, .init("PARAMCD", "Parameter Code", key: 2),
        .init("AVISIT", "Analysis Visit"), .init("ADY", "Analysis Relative Day", .whole, key: 3),
        .init("AVALC", "Analysis Value (C)"),
      ] + SDTMLayout.evaluatorColumns("RS"), rows: rows)
  }

  private func markers() throws(TrialDataError) -> ExportTable {
    let rows = try dataset.markers().map { marker -> [ExportCell] in
      [
        .text(marker.subject), .text(marker.marker), .text(marker.visit),
        SDTMLayout.studyDay(marker.day), .number(marker.value), .text(marker.unit),
      ]
    }
    return ExportTable(
      name: "ADIS", label: "Immune Monitoring Analysis",
      columns: [
        Self.subject, .init("PARAMCD", "Parameter Code", key: 2),
        .init("AVISIT", "Analysis Visit"), .init("ADY", "Analysis Relative Day", .whole, key: 3),
        .init("AVAL", "Analysis Value", .number), .init("AVALU", "Analysis Value Unit"),
      ], rows: rows)
  }
}
