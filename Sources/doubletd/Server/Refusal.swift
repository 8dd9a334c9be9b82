import ClientProtocol
import JSON
import NIOCore

/// Tells a client that is not let in why, and closes.
///
/// What the client has sent meanwhile is read and thrown away: to close over unread input would
/// reset the connection, and the client's own write would fail before it has read the reason.
final class Refusal: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let patience = TimeAmount.seconds(1)
  private let failure: CommandFailure

  init(_ failure: CommandFailure) { self.failure = failure }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(AnswerLine.buffer(id: .null, .failure(failure))))
      .whenComplete { _ in channel.close(mode: .output, promise: nil) }
    context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .some(.inputClosed) = event as? ChannelEvent { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
