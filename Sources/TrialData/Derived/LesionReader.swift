/// One reader of one patient's images.
struct LesionReader: Hashable, Comparable {
  let subject: String
  let evaluator: String?

  static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.subject, lhs.evaluator ?? "") < (rhs.subject, rhs.evaluator ?? "")
  }
}
