import PluginKit
import PluginProtocol
import Statistics

/// Looks for the tests that give a p-value somebody quoted.
struct QuotedPValueSearch: Sendable {
  let quoted: QuotedPValue
  let count: ResponseCount

  /// One test that was tried.
  struct Trial: Sendable, Hashable {
    let method: String
    let alternative: Alternative
    let versus: String
    let pValue: Double
  }

  /// Every test of the workbench against every control, two-sided and one-sided.
  ///
  /// One-sided means in the direction of the data. A published arm is also tried as a rate taken
  /// as known.
  func trials(against controls: [Control]) -> [Trial] {
    controls.flatMap { control -> [Trial] in
      let side: Alternative = count.rate < control.rate ? .less : .greater
      return [.twoSided, side].flatMap { twoSample(control, $0) + oneSample(control, $0) }
    }
  }

  private func twoSample(_ control: Control, _ alternative: Alternative) -> [Trial] {
    guard let controlCount = control.count else { return [] }
    let test = TwoSampleTest(ContingencyTable(treated: count, control: controlCount))
    return TwoSampleTest.Method.allCases.compactMap { method in
      (try? test.pValue(method, alternative)).map {
        Trial(
          method: method.rawValue, alternative: alternative, versus: control.versus, pValue: $0)
      }
    }
  }

  private func oneSample(_ control: Control, _ alternative: Alternative) -> [Trial] {
    guard let test = try? OneSampleTest(count, against: control.rate) else { return [] }
    return OneSampleTest.Method.allCases.map { method in
      Trial(
        method: method.rawValue, alternative: alternative,
        versus: "\(percent(control.rate)), fixed", pValue: test.pValue(method, alternative))
    }
  }

  /// What the search found, for the given control and for the others.
  func notes(single: Control?, others: [Control]) -> [Note] {
    let near = single.map { trials(against: [$0]) } ?? []
    let far = trials(against: others.filter { $0 != single })
    var notes: [Note] = []
    if single != nil { notes.append(note(near, "quoted.control", "against this control")) }
    if !far.isEmpty { notes.append(note(far, "quoted.panel", "against the controls of the panel")) }
    return notes
  }

  private func note(_ trials: [Trial], _ code: String, _ place: String) -> Note {
    let matches = trials.filter { quoted.isReproduced(by: $0.pValue) }
    guard !matches.isEmpty else {
      return Note(
        .caution, code,
        "None of \(trials.count) tests \(place) gives the quoted p = \(quoted.text).")
    }
    let list = matches.prefix(8).map {
      let side = $0.alternative == .twoSided ? "" : ", one-sided"
      return
        "\($0.method)\(side) v \($0.versus): \(decimal($0.pValue, places: quoted.decimals + 2))"
    }
    let more = matches.count > 8 ? "; and \(matches.count - 8) more" : ""
    return Note(
      .info, code,
      "The quoted p = \(quoted.text) is given \(place) by \(matches.count) of"
        + " \(trials.count) tests: \(list.joined(separator: "; "))\(more).")
  }
}
