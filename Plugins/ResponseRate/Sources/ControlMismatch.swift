import PluginProtocol

/// What is known of the patients whose rate is compared, so that controls of other patients or
/// other assessors are named.
struct AnalyzedPatients: Sendable, Hashable {
  var population: Options.Population
  /// Whose assessments were used; nothing where readers have no names.
  var evaluator: String?

  var assessor: Assessor { Assessor(evaluator ?? "") }
}

/// Who judged the responses.
enum Assessor: Sendable, Hashable {
  case investigator, independent, unknown

  /// Reads the name a data set gives a reader.
  init(_ words: String) {
    let words = words.lowercased()
    let independent = ["independent", "central", "bicr", "irf", "irc", "reader", "radiolog"]
    self =
      if independent.contains(where: words.contains) {
        .independent
      } else if words.contains("investigator") {
        .investigator
      } else {
        .unknown
      }
  }
}

extension PublishedControl {
  var isOfMeasurableDisease: Bool { population == "measurable disease" }
}

/// Notes where controls were measured in other patients, or by others, than the rate.
struct ControlMismatch: Sendable {
  let controls: [Control]
  let analyzed: AnalyzedPatients?

  var notes: [Note] {
    let published = controls.compactMap { if case .published(let it) = $0 { it } else { nil } }
    guard !published.isEmpty else { return [] }
    guard let analyzed else { return [unknown(published)] }
    return [population(published, analyzed), assessor(published, analyzed)].compactMap(\.self)
  }

  /// A count says nothing of itself.
  private func unknown(_ published: [PublishedControl]) -> Note {
    let measurable = published.filter(\.isOfMeasurableDisease).map(\.name)
    let independent = published.filter { $0.judgedBy == .independent }.map(\.name)
    var parts: [String] = []
    if !measurable.isEmpty { parts.append("\(list(measurable)) measurable disease only") }
    if !independent.isEmpty { parts.append("\(list(independent)) judged independently") }
    let detail = parts.isEmpty ? "" : ": " + parts.joined(separator: "; ")
    return Note(
      .info, "control.comparability",
      "The count does not say in which patients it was taken or who judged the responses; the"
        + " controls' rows do\(detail).")
  }

  private func population(
    _ published: [PublishedControl], _ analyzed: AnalyzedPatients
  ) -> Note? {
    let isMeasurable = analyzed.population == .measurable
    let others = published.filter { $0.isOfMeasurableDisease != isMeasurable }
    guard !others.isEmpty else { return nil }
    let (theirs, ours) =
      isMeasurable
      ? ("more patients than those with measurable disease", "only those")
      : ("measurable disease only", "population=\(analyzed.population.rawValue)")
    return Note(
      .caution, "control.population",
      "\(list(others.map(\.name))): \(theirs); the rate here is of \(ours). Leaving out patients"
        + " without measurable disease raises a rate.")
  }

  private func assessor(
    _ published: [PublishedControl], _ analyzed: AnalyzedPatients
  ) -> Note? {
    let others = published.filter { $0.judgedBy != analyzed.assessor }
    guard !others.isEmpty else { return nil }
    let words = others.map { "\($0.name) (\($0.assessor))" }
    guard analyzed.assessor != .unknown else {
      return Note(
        .info, "control.assessor",
        "The data do not name who judged the responses; the controls were judged by others or by"
          + " the same kind of reader: \(list(words)).")
    }
    return Note(
      .caution, "control.assessor",
      "Judged by others than the responses here"
        + " (\(analyzed.evaluator ?? "")): \(list(words)). Independent review"
        + " usually finds fewer responses.")
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
