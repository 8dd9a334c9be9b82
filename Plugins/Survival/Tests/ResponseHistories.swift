/// Responses of three patients: one lasts, one is lost to progression, one never comes.
enum ResponseHistories {
  static let assessments = """
    subject,day,overall
    A,42,PR
    A,84,PR
    A,126,SD
    B,42,PR
    B,84,SD
    B,210,PD
    C,42,SD

    """
}
