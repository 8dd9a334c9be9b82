/// What one server takes on before it says no; every number can be set in `doublet.toml`.
struct ServerLimits: Sendable, Hashable {
  var connections = 256
  /// Requests of one connection under way at once.
  var requestsPerConnection = 64
  var lineBytes = 64 << 20
  /// Input over all connections that waits for its line to end or its request to be answered.
  var unansweredBytes = 512 << 20
  /// Output one connection may leave unread before it is dropped at once.
  var unreadHardBytes = 256 << 20
  /// Output one connection may leave unread for ``unreadSoftSeconds`` before it is dropped.
  var unreadSoftBytes = 64 << 20
  var unreadSoftSeconds = 30.0
}
