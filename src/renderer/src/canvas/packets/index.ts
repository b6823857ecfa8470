// What the canvas takes from the packet layer.
export { pointOnLink } from './curves'
export { linkPath, type Point } from './link-path'
export { type Link, PacketLayer, packetLayer, usePacketsNotDrawn } from './packet-layer'
export { HALOS_BELOW } from './packet-table'
