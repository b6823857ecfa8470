// A packet is lost: over TCP that is a stall, never a missing message.
export { retransmission as loss } from './retransmission'
