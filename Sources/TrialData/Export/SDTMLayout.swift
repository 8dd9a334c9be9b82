internal import RECIST

/// A data set as SDTM domains.
///
/// Days become study days; DM carries dose level and cohort in columns of its own (DOSELVL,
/// DOSELVLU, COHORT), which SDTM would keep in SUPPDM.
struct SDTMLayout {
  private let dataset: TrialDataset

  init(_ dataset: TrialDataset) { self.dataset = dataset }

  func tables() throws(TrialDataError) -> [ExportTable] {
    let lesions = try dataset.lesions()
    let assessments = try dataset.assessments()
    let measured = try measurements(lesions, assessments)
    return [
      try demographics(), try exposures(), identifications(lesions), measured,
      responses(assessments), try markers(),
    ].filter { !$0.rows.isEmpty }
  }

  private func demographics() throws(TrialDataError) -> ExportTable {
    let rows = try dataset.subjects().map { subject -> [ExportCell] in
      [
        .text("DM"), .text(subject.subject), .text(subject.firstDose), .text(subject.arm),
        .text(subject.sex), .number(subject.age),
        subject.age == nil ? .missing : .text("YEARS"), .number(subject.doseLevel),
        .text(subject.doseUnit), .text(subject.cohort),
      ]
    }
    return ExportTable(
      name: "DM", label: "Demographics",
      columns: [
        .init("DOMAIN", "Domain Abbreviation"),
        .init("USUBJID", "Unique Subject Identifier", key: 1),
        .init("RFXSTDTC", "Date/Time of First Study Treatment"),
        .init("ARM", "Description of Planned Arm"), .init("SEX", "Sex"),
        .init("AGE", "Age", .number), .init("AGEU", "Age Units"),
        .init("DOSELVL", "Dose Level", .number), .init("DOSELVLU", "Dose Level Units"),
        .init("COHORT", "Cohort"),
      ], rows: rows)
  }

  private func exposures() throws(TrialDataError) -> ExportTable {
    let rows = try dataset.exposures().enumerated().map { index, exposure -> [ExportCell] in
      [
        .text("EX"), .text(exposure.subject), .whole(index + 1), .text(exposure.drug),
        .number(exposure.dose), .text(exposure.unit), Self.studyDay(exposure.day),
      ]
    }
    return ExportTable(
      name: "EX", label: "Exposure",
      columns: Self.identifiers("EX") + [
        .init("EXTRT", "Name of Treatment"), .init("EXDOSE", "Dose", .number),
        .init("EXDOSU", "Dose Units"), .init("EXSTDY", "Study Day of Start of Treatment", .whole),
      ], rows: rows)
  }

  private func identifications(_ lesions: [Lesion]) -> ExportTable {
    let rows = lesions.enumerated().map { index, lesion -> [ExportCell] in
      [
        .text("TU"), .text(lesion.subject), .whole(index + 1), .text(lesion.lesion),
        .text("TUMIDENT"), .text("Tumor Identification"), .text(lesion.role.rawValue),
        .text(lesion.role.rawValue), .text(lesion.site),
      ]
    }
    return ExportTable(
      name: "TU", label: "Tumor/Lesion Identification",
      columns: Self.identifiers("TU") + [
        .init("TULNKID", "Link ID"), .init("TUTESTCD", "Tumor/Lesion ID Short Name"),
        .init("TUTEST", "Tumor/Lesion ID Test Name"), .init("TUORRES", "Tumor/Lesion ID Result"),
        .init("TUSTRESC", "Tumor/Lesion ID Result Std. Format"),
        .init("TULOC", "Location of the Tumor/Lesion"),
      ], rows: rows)
  }

  /// What a row of TR is about.
  private struct Place {
    let subject: String
    let lesion: String?
    let visit: String?
    let day: Int
    let evaluator: String?
  }

  private func measurements(
    _ lesions: [Lesion], _ assessments: [Assessment]
  ) throws(TrialDataError) -> ExportTable {
    let nodes = Set(lesions.filter(\.isNodal).map { [$0.subject, $0.lesion] })
    var rows: [[ExportCell]] = []
    func add(_ place: Place, _ code: String, _ test: String, _ length: Double?, _ state: String?) {
      let text = length.map(NumberText.shortest) ?? state
      rows.append(
        [
          .text("TR"), .text(place.subject), .whole(rows.count + 1), .text(place.lesion),
          .text(code), .text(test), .text(text), length == nil ? .missing : .text("mm"),
          .text(text), .number(length), length == nil ? .missing : .text("mm"),
          .text(place.visit), Self.studyDay(place.day),
        ] + Self.evaluators(place.evaluator))
    }
    for row in try dataset.measurements() {
      let place = Place(
        subject: row.subject, lesion: row.lesion, visit: row.visit, day: row.day,
        evaluator: row.evaluator)
      let isNode = nodes.contains([row.subject, row.lesion])
      if let length = row.diameter?.value {
        add(
          place, isNode ? "LPERP" : "LDIAM",
          isNode ? "Longest Perpendicular" : "Longest Diameter", length, nil)
      }
      if let state = row.state { add(place, "TUMSTATE", "Tumor State", nil, state.rawValue) }
    }
    for row in assessments {
      guard let sum = row.sumOfDiameters?.value else { continue }
      let place = Place(
        subject: row.subject, lesion: nil, visit: row.visit, day: row.day,
        evaluator: row.evaluator)
      add(place, "SUMDIAM", "Sum of Diameter", sum, nil)
    }
    return ExportTable(
      name: "TR", label: "Tumor/Lesion Results",
      columns: Self.identifiers("TR") + [
        .init("TRLNKID", "Link ID"), .init("TRTESTCD", "Tumor/Lesion Assessment Short Name"),
        .init("TRTEST", "Tumor/Lesion Assessment Test Name"),
        .init("TRORRES", "Result or Finding in Original Units"),
        .init("TRORRESU", "Original Units"),
        .init("TRSTRESC", "Character Result/Finding in Std Format"),
        .init("TRSTRESN", "Numeric Result/Finding in Std Units", .number),
        .init("TRSTRESU", "Standard Units"), .init("VISIT", "Visit Name"),
        .init("TRDY", "Study Day of Tumor/Lesion Measurement", .whole),
      ] + Self.evaluatorColumns("TR"), rows: rows)
  }

  private func responses(_ assessments: [Assessment]) -> ExportTable {
    var rows: [[ExportCell]] = []
    for row in assessments {
      let results: [(String, String, String?)] = [
        ("TRGRESP", "Target Response", row.target?.rawValue),
        ("NTRGRESP", "Non-target Response", row.nonTarget?.rawValue),
        ("NEWLIND", "New Lesion Indicator", row.newLesion.map { $0 ? "Y" : "N" }),
        ("OVRLRESP", "Overall Response", row.overall?.rawValue),
      ]
      for (code, test, result) in results {
        guard let result else { continue }
        rows.append(
          [
            .text("RS"), .text(row.subject), .whole(rows.count + 1), .text(code), .text(test),
            .text(result), .text(result), .text(row.visit), Self.studyDay(row.day),
          ] + Self.evaluators(row.evaluator))
      }
    }
    return ExportTable(
      name: "RS", label: "Disease Response and Clin Classification",
      columns: Self.identifiers("RS") + [
        .init("RSTESTCD", "Assessment Short Name"), .init("RSTEST", "Assessment Name"),
        .init("RSORRES", "Result or Finding in Original Units"),
        .init("RSSTRESC", "Character Result/Finding in Std Format"),
        .init("VISIT", "Visit Name"), .init("RSDY", "Study Day of Assessment", .whole),
      ] + Self.evaluatorColumns("RS"), rows: rows)
  }

  private func markers() throws(TrialDataError) -> ExportTable {
    let rows = try dataset.markers().enumerated().map { index, marker -> [ExportCell] in
      let text = marker.value.map(NumberText.shortest)
      return [
        .text("LB"), .text(marker.subject), .whole(index + 1), .text(marker.marker), .text(text),
        .text(marker.unit), .number(marker.value), .text(marker.unit),
        marker.value == nil ? .text("NOT DONE") : .missing, .text(marker.visit),
        Self.studyDay(marker.day),
      ]
    }
    return ExportTable(
      name: "LB", label: "Laboratory Test Results",
      columns: Self.identifiers("LB") + [
        .init("LBTESTCD", "Lab Test or Examination Short Name"),
        .init("LBORRES", "Result or Finding in Original Units"),
        .init("LBORRESU", "Original Units"),
        .init("LBSTRESN", "Numeric Result/Finding in Standard Units", .number),
        .init("LBSTRESU", "Standard Units"), .init("LBSTAT", "Completion Status"),
        .init("VISIT", "Visit Name"), .init("LBDY", "Study Day of Specimen Collection", .whole),
      ], rows: rows)
  }

  // MARK: What domains share

  private static func identifiers(_ domain: String) -> [ExportColumn] {
    [
      .init("DOMAIN", "Domain Abbreviation"),
      .init("USUBJID", "Unique Subject Identifier", key: 1),
      .init("\(domain)SEQ", "Sequence Number", .whole, key: 2),
    ]
  }

  static func evaluatorColumns(_ domain: String) -> [ExportColumn] {
    [.init("\(domain)EVAL", "Evaluator"), .init("\(domain)EVALID", "Evaluator Identifier")]
  }

  /// A reader who is not one of the two roles is an independent one with a name.
  static func evaluators(_ evaluator: String?) -> [ExportCell] {
    guard let evaluator, !["INVESTIGATOR", "INDEPENDENT ASSESSOR"].contains(evaluator) else {
      return [.text(evaluator), .missing]
    }
    return [.text("INDEPENDENT ASSESSOR"), .text(evaluator)]
  }

  /// Day 0 is study day 1, and there is no study day 0.
  static func studyDay(_ day: Int) -> ExportCell { .whole(day >= 0 ? day + 1 : day) }
}
