internal import Glibc
package import PluginProtocol
package import Rendering
internal import Subprocess
internal import SystemPackage

/// Draws figures by a gnuplot of its own for each.
///
/// gnuplot reads no settings of anybody's (`-d`), knows only a scrubbed environment, and gets its
/// commands on standard input; the picture comes back on standard output.
package struct Gnuplot: Sendable {
  private static let maximumPicture = 128 << 20
  private static let maximumMessage = 64 << 10

  private let executable: String
  private let path: String
  private let home: String
  private let secondsAllowed: Int

  /// The gnuplot found in the folders of `PATH`.
  ///
  /// - Throws: ``ReportingError/noGnuplot``.
  package init(
    environment: [String: String], secondsAllowed: Int = 30
  ) throws(ReportingError) {
    path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    let found = path.split(separator: ":").filter { $0.hasPrefix("/") }
      .map { String($0) + "/gnuplot" }
      .first { unsafe access($0, X_OK) == 0 }
    guard let found else { throw .noGnuplot }
    executable = found
    // Font lists are cached there.
    home = environment["HOME"] ?? "/"
    self.secondsAllowed = secondsAllowed
  }

  /// The figure as a file of the format.
  package func draw(
    _ figure: ResultDocument.Figure, as format: GnuplotScript.Format
  ) async throws(ReportingError) -> [UInt8] {
    let page = try Self.page(figure)
    let picture = try await run(GnuplotScript(page, format).text)
    guard format == .svg else { return picture }
    return Array(SVGPicture(picture, of: figure, on: page).standalone.utf8)
  }

  /// The figure as an element of an HTML page; `name` sets its identifiers apart.
  func inlineSVG(
    _ figure: ResultDocument.Figure, name: String
  ) async throws(ReportingError) -> String {
    let page = try Self.page(figure)
    let picture = try await run(GnuplotScript(page, .svg).text)
    return SVGPicture(picture, of: figure, on: page).inline(name: name)
  }

  private static func page(_ figure: ResultDocument.Figure) throws(ReportingError) -> Page {
    do {
      return Page(try Chart(figure))
    } catch {
      throw .figure(error)
    }
  }

  private func run(_ script: String) async throws(ReportingError) -> [UInt8] {
    let outcome = await withTaskGroup(of: Result<[UInt8], ReportingError>?.self) { group in
      group.addTask { await finished(script) }
      group.addTask { [secondsAllowed] in
        try? await Task.sleep(for: .seconds(secondsAllowed))
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    guard let outcome else { throw .gnuplotTooSlow(seconds: secondsAllowed) }
    return try outcome.get()
  }

  private func finished(_ script: String) async -> Result<[UInt8], ReportingError> {
    do {
      var options = PlatformOptions()
      options.teardownSequence = [
        .gracefulShutDown(allowedDurationToNextStep: .milliseconds(200))
      ]
      let result = try await Subprocess.run(
        .path(FilePath(executable)), arguments: ["-d", "-"],
        environment: .custom(["PATH": path, "HOME": home, "LC_ALL": "C.UTF-8"]),
        workingDirectory: "/", platformOptions: options, input: .array(Array(script.utf8)),
        output: .bytes(limit: Self.maximumPicture), error: .string(limit: Self.maximumMessage))
      guard result.terminationStatus.isSuccess, !result.standardOutput.isEmpty else {
        let words = result.standardError.split(whereSeparator: \.isNewline).last
        return .failure(
          .gnuplotFailed(
            reason: words.map { String($0).safe } ?? "\(result.terminationStatus)"))
      }
      return .success(result.standardOutput)
    } catch {
      return .failure(.gnuplotFailed(reason: "\(error)".safe))
    }
  }
}
