// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "@NAME@",
  dependencies: [.package(path: "@KITS@/swift/doublet-plugin-kit")],
  targets: [
    .executableTarget(
      name: "@TYPE@",
      dependencies: [.product(name: "PluginKit", package: "doublet-plugin-kit")],
      path: "Sources"),
    .testTarget(
      name: "@TYPE@Tests",
      dependencies: ["@TYPE@", .product(name: "PluginKit", package: "doublet-plugin-kit")],
      path: "Tests"),
  ],
  swiftLanguageModes: [.v6]
)
