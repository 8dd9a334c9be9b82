import ClientProtocol
import Logging

extension Services {
  static func open(_ settings: Settings, log: Logger) async throws -> Services {
    Services(
      makeHandler: { _ in NoCommands() }, isBusy: { false }, reload: { _ in [] }, stop: { _ in })
  }
}

private struct NoCommands: RequestHandler {
  func answer(_ request: ClientRequest, progress: ProgressReport?) async -> ClientAnswer {
    .failure(CommandFailure(.unknownCommand, "no commands yet"))
  }
  func connectionClosed() async {}
}
