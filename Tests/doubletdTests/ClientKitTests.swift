import Foundation
import Testing

@testable import doubletd

/// The clients for Python and R ask a whole daemon, and give what it refuses as errors.
@Suite(.timeLimit(.minutes(2)))
struct ClientKitTests {
  private static let kits = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "config/kits").path

  private static let python = """
    import sys
    sys.path.insert(0, sys.argv[1])
    from doublet_client import Doublet, DoubletError
    with Doublet(sys.argv[2]) as doublet:
        print(doublet.command("echo count=15/30")["parameters"]["count"])
        print(doublet.analyze("echo", seed=2**63, count="1/2")["seed"])
        print(doublet.wait(doublet.submit("echo count=3/4"))["state"])
        try:
            doublet.command("ehco")
        except DoubletError as error:
            print(error, error.kind)
    """

  private static let r = """
    arguments <- commandArgs(TRUE)
    source(file.path(arguments[1], "doublet_client.R"))
    doublet <- doublet_connect(arguments[2])
    cat(unlist(doublet_command(doublet, "echo count=15/30")$parameters$count), "\\n")
    run <- doublet_request(doublet, "run.submit", list(line = "echo count=3/4"))$run
    cat(doublet_request(doublet, "run.wait", list(run = run))$state, "\\n")
    plugins <- doublet_table_of(doublet_command(doublet, "plugins"), "plugins")
    cat(plugins$plugin, is.numeric(plugins$restarts), "\\n")
    tryCatch(doublet_command(doublet, "ehco"),
             doublet_error = function(e) cat(conditionMessage(e), e$kind, "\\n"))
    doublet_close(doublet)
    """

  private func output(_ words: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  private func answers(
    of script: String, _ interpreter: [String], kit: String
  ) async throws -> String {
    let folder = try TemporaryFolder()
    try folder.installEcho()
    try folder.write(script, to: "script")
    let daemon = try SpawnedDaemon(["--plugins", folder("plugins")], in: folder)
    try await daemon.ready()
    let words = interpreter + [folder("script"), Self.kits + "/" + kit, daemon.socket]
    let answer = try output(words)
    daemon.signal(SIGTERM)
    _ = try await daemon.end()
    #expect(answer.status == 0)
    return answer.text
  }

  @Test func python() async throws {
    guard try output(["python3", "-c", ""]).status == 0 else { return print("skipped: no python3") }
    #expect(
      try await answers(of: Self.python, ["python3"], kit: "python") == """
        {'events': 15, 'total': 30}
        9223372036854775808
        done
        there is no command "ehco" command.unknown

        """)
  }

  @Test func rThroughProcessx() async throws {
    let packages = "library(jsonlite); stopifnot(packageVersion('processx') >= '3.7.0')"
    guard try output(["Rscript", "-e", packages]).status == 0 else {
      return print("skipped: no R with jsonlite and processx")
    }
    #expect(
      try await answers(of: Self.r, ["Rscript", "--vanilla"], kit: "r") == """
        15 30\u{20}
        done\u{20}
        echo TRUE\u{20}
        there is no command "ehco" command.unknown\u{20}

        """)
  }
}
