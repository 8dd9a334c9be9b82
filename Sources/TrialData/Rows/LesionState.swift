/// What a reader says of a lesion besides, or instead of, its diameter.
public enum LesionState: String, Sendable, Codable, CaseIterable {
  case present = "PRESENT"
  case absent = "ABSENT"
  case tooSmallToMeasure = "TOO SMALL TO MEASURE"
  case notEvaluable = "NOT EVALUABLE"
  case unequivocalProgression = "UNEQUIVOCAL PROGRESSION"
  /// Of a new lesion: perhaps there.
  case equivocal = "EQUIVOCAL"

  /// Reads a state as data sets write it, whatever the letter case.
  ///
  /// Besides the codes: NOT DONE and NOT ASSESSABLE mean not evaluable; UNEQUIVOCAL and
  /// UNEQUIVOCAL INCREASE mean unequivocal progression; RESOLVED and DISAPPEARED mean absent.
  init?(reading text: String) {
    let code = text.uppercased()
    if let state = Self(rawValue: code) {
      self = state
      return
    }
    switch code {
    case "NOT DONE", "NOT ASSESSABLE", "NE": self = .notEvaluable
    case "UNEQUIVOCAL", "UNEQUIVOCAL INCREASE": self = .unequivocalProgression
    case "RESOLVED", "DISAPPEARED": self = .absent
    default: return nil
    }
  }
}
