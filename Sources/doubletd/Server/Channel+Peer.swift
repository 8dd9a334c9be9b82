import ClientProtocol
import Glibc
import NIOCore

/// `struct ucred`, which Swift's Glibc does not show.
private struct Credentials: Sendable, BitwiseCopyable {
  let pid: Int32
  let uid: UInt32
  let gid: UInt32
}

extension Channel {
  /// Who is at the other end, by SO_PEERCRED.
  var peer: EventLoopFuture<Peer> {
    guard let provider = self as? any SocketOptionProvider else {
      return eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }
    let credentials: EventLoopFuture<Credentials> = provider.unsafeGetSocketOption(
      level: .socket, name: .init(rawValue: SO_PEERCRED))
    return credentials.map { Peer(uid: $0.uid, pid: $0.pid) }
  }
}
