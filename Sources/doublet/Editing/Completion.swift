import ClientProtocol

/// What a Tab comes to.
struct Completion: Hashable {
  /// One thing the word at the cursor may become.
  struct Candidate: Hashable {
    let text: String
    /// What follows once it is the only one: a space, or nothing where more is to come.
    let suffix: String

    init(_ text: String, _ suffix: String = " ") {
      self.text = text
      self.suffix = suffix
    }
  }

  /// Scalars before the cursor to replace.
  var replaced = 0
  /// What takes their place; nil where nothing more can be said.
  var insertion: String?
  /// Every candidate, to be listed where there are several.
  var candidates: [String] = []
  /// What to tell a person who has not started the word yet.
  var hint: [String] = []

  static let none = Completion()

  /// Completes as far as the candidates agree.
  init(_ context: CompletionContext, candidates all: [Candidate], hint: [String]) {
    let fitting = all.filter { $0.text.hasPrefix(context.text) }.uniqued
    self.hint = context.text.isEmpty ? hint : []
    candidates = fitting.map(\.text)
    guard let first = fitting.first else { return }
    // Where nothing is typed, the hint helps more than letters all candidates happen to share.
    guard fitting.count == 1 || !context.text.isEmpty else { return }
    let key = context.key.map { $0 + "=" } ?? ""
    let word: String
    if fitting.count == 1, !first.isOpenEnded {
      word = first.text.quotedIfNeeded(first.suffix) + first.suffix
    } else {
      let common = fitting.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text) }
      word = common.openToken(isQuoted: context.fragment.dropFirst(key.count).hasPrefix("\""))
    }
    guard key + word != context.fragment else { return }
    replaced = context.fragment.unicodeScalars.count
    insertion = key + word
  }

  private init() {}
}

extension Completion.Candidate {
  /// A folder, or a beginning such as `plugin:`.
  fileprivate var isOpenEnded: Bool { suffix.isEmpty }
}

extension [Completion.Candidate] {
  fileprivate var uniqued: [Element] {
    var seen = Set<String>()
    return filter { seen.insert($0.text).inserted }
  }
}

extension String {
  /// The text as a whole token; `level=` is typed as it stands.
  fileprivate func quotedIfNeeded(_ suffix: String) -> String {
    suffix == "=" ? self : commandToken
  }

  /// The text as the beginning of a token, its quote left open where it needs one.
  fileprivate func openToken(isQuoted: Bool) -> String {
    let token = commandToken
    guard isQuoted || token != self, !isEmpty else { return self }
    return token == self ? "\"" + self : String(token.dropLast())
  }

  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
