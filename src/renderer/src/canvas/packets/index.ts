// What the canvas takes from the packet layer.
export { pathPlaces, pointOnLink } from './curves'
export { type DrawnLink, PacketLayerView, packetLayer, usePacketsNotDrawn } from './packet-layer'
export { HALOS_BELOW } from './packet-table'
