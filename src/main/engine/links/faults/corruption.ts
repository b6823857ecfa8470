// A bit of a packet flips: its checksum is wrong, so TCP throws it away, and it is as good as lost. No byte changes.
export { retransmission as corruption } from './retransmission'
