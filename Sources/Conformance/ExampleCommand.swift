import JSON
import PluginProtocol

/// A command line that a manifest shows as an example, made into a request.
struct ExampleCommand {
  let analysis: AnalysisDeclaration
  var parameters: JSONObject

  /// The analysis with nothing but its defaults.
  init(_ analysis: AnalysisDeclaration) {
    self.analysis = analysis
    parameters = JSONObject(
      analysis.parameters.compactMap { parameter in
        parameter.default.map { (parameter.name, $0) }
      })
  }

  /// - Throws: A sentence that says what is wrong with the line.
  init(
    _ line: String, of analysis: AnalysisDeclaration, dataset: String?
  ) throws(ExampleProblem) {
    self.init(analysis)
    var words = Self.words(line)[...]
    guard words.popFirst() == analysis.name else {
      throw ExampleProblem(sentence: "\"\(line)\" does not begin with \(analysis.name)")
    }
    for word in words {
      // The name of a data set may stand bare, too.
      if word == dataset { continue }
      try set(word)
    }
  }

  private mutating func set(_ word: String) throws(ExampleProblem) {
    do {
      if let separator = word.firstIndex(of: "=") {
        let name = String(word[..<separator])
        guard let parameter = analysis.parameters.first(where: { $0.name == name }) else {
          throw ExampleProblem(sentence: "\(analysis.name) has no parameter \"\(name)\"")
        }
        let text = String(word[word.index(after: separator)...])
        parameters[name] = try parameter.value(parsing: text)
      } else {
        let positional = analysis.parameters.first { parameter in
          parameter.positional && (try? parameter.value(parsing: word)) != nil
        }
        guard let positional else {
          throw ExampleProblem(sentence: "no parameter of \(analysis.name) takes \"\(word)\"")
        }
        parameters[positional.name] = try positional.value(parsing: word)
      }
    } catch let problem as ParameterProblem {
      throw ExampleProblem(sentence: "\(problem)")
    } catch let problem as ExampleProblem {
      throw problem
    } catch {
      throw ExampleProblem(sentence: "\(error)")
    }
  }

  /// Words separated by spaces; double quotes group; `#` starts a comment.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var hasWord = false
    for character in line {
      switch character {
      case "\"":
        isQuoted.toggle()
        hasWord = true
      case " " where !isQuoted, "#" where !isQuoted && !hasWord:
        if hasWord { words.append(word) }
        (word, hasWord) = ("", false)
        if character == "#" { return words }
      default:
        word.append(character)
        hasWord = true
      }
    }
    return hasWord ? words + [word] : words
  }
}

/// What is wrong with an example.
struct ExampleProblem: Error {
  let sentence: String
}
