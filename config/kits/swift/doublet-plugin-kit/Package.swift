// swift-tools-version: 6.3
// What a plugin in Swift imports, as a package of its own, so that a plugin builds without Doublet.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
]

let package = Package(
  name: "doublet-plugin-kit",
  products: [.library(name: "PluginKit", targets: ["JSON", "PluginKit", "PluginProtocol"])],
  targets: [
    .target(name: "CLinux"),
    .target(name: "JSON", swiftSettings: settings),
    .target(name: "Threads", dependencies: ["CLinux"], swiftSettings: settings),
    .target(name: "PluginProtocol", dependencies: ["JSON"], swiftSettings: settings),
    .target(
      name: "PluginKit", dependencies: ["CLinux", "JSON", "PluginProtocol", "Threads"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
