// Limits and defaults, once each, with the unit in the name. Those of settings stand in settings/.

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PROXY_PORT = 2100
/** How many ports above the default are tried when it is taken. */
export const PROXY_PORT_TRIES = 100

export const MIN_SPEED = 0.1
export const MAX_SPEED = 10
/** The past only has to be drawn: it is played faster than the lab runs. */
export const MAX_PAST_SPEED = 100

export const MAX_MESSAGE_BYTES = 1024 * 1024
/** Nesting deeper than this is refused: parsers recurse. */
export const MAX_NESTING = 64
/** An id or policy longer than this is refused. */
export const MAX_ID_CHARS = 64
export const HALF_SENT_LIMIT_MS = 10_000
export const CONNECT_LIMIT_MS = 2_000
export const REPLY_LIMIT_MS = 10_000

/** A server that registers just before it listens: how often and for how long the dial is tried again. */
export const RETRY_EVERY_MS = 100
export const RETRY_FOR_MS = 1_000

/** After the answer to a fault that ends a connection: how long the sender may go on before it is cut off. */
export const LINGER_MS = 2_000

/** Messages of one client connection that may wait for answers before the proxy stops reading from it. */
export const MAX_OUTSTANDING = 64
/** Bytes that may wait to be read by one peer before the proxy stops reading from it. */
export const MAX_UNREAD_BYTES = 1024 * 1024

/** Names all chance of a lab whose scenario names none; a seed is a whole number up to the largest. */
export const DEFAULT_SEED = 1
export const MAX_SEED = 2 ** 32 - 1

/** The largest `how many` of one "Send message". */
export const MAX_SEND_COUNT = 1_000
export const MAX_PAYLOAD_CHARS = 256 * 1024
export const MAX_INSIDE_NODES = 1_000
/** Rows of the message switching table; a registration past it is refused. */
export const MAX_SERVERS = 1_000
/** Outside clients remembered on the graph; past it the oldest that has left makes room. */
export const MAX_OUTSIDE_CLIENTS = 200
/** A burst of one client takes this long at the most, so that its packets are seen one by one. */
export const MAX_BURST_MS = 10_000
/** Packets of a burst follow one another at this part of the link's latency. */
export const BURST_SPACING = 0.25

/** Packets that the state keeps; the counters go on. */
export const PACKET_HISTORY = 20_000
/** Bytes of messages that the state keeps with them; past it the oldest packets are forgotten. */
export const PACKET_HISTORY_BYTES = 64 * 1024 * 1024
/** Lines that the state keeps of what a node has logged. */
export const TERMINAL_LINES = 500
/** Policies that nobody serves and that the state keeps all the same; past it the newest are forgotten. */
export const MAX_UNSERVED_POLICIES = 20

/** One batch of events a frame. */
export const FRAME_MS = 16
/** Batches sent to a consumer and not yet acknowledged. */
export const MAX_UNACKNOWLEDGED = 2
/** Events, and bytes of messages in them, that may wait for a consumer; past it, it gets a summary. */
export const MAX_WAITING_EVENTS = 20_000
export const MAX_WAITING_BYTES = 8 * 1024 * 1024
/** Packets, the newest, and bytes in them and in those in flight, that a summary carries. */
export const SNAPSHOT_PACKETS = 500
export const SNAPSHOT_BYTES = 4 * 1024 * 1024
/** Events that one frame carries at the most. */
export const MAX_FRAME_EVENTS = 8_000

/** Where on its way a packet is held: the middle of its link. */
export const HOLD_AT = 0.5
export const MAX_BREAKPOINTS = 100
export const MAX_FILTER_CHARS = 500
/** Reads of one message that are told one by one. */
export const MAX_READS = 256
/** Marks of each kind on the timeline; past it, every second one of that kind goes. */
export const MAX_MARKS = 400

/** Events, and bytes of messages in them, after which a block of the recording is closed. */
export const BLOCK_EVENTS = 2_048
export const BLOCK_BYTES = 1024 * 1024
/**
 * Two states that a recording has in it are at least this many events apart; a block counts for some events more, which
 * is what opening it costs.
 */
export const KEYFRAME_EVENTS = 8_000
export const BLOCK_COST_EVENTS = 512
/** Packets that the state at a moment of the past has with it; lists reach further back by themselves. */
export const PAST_PACKETS = 1_000
/** Bytes of the running session's recording that are kept, compressed; past it the oldest blocks are forgotten. */
export const MAX_RECORDING_BYTES = 256 * 1024 * 1024
/** The recording on disk is never further behind than this, in real time. */
export const RECORDING_FLUSH_MS = 500
/** Bytes of a recording that travel to a screen at a time. */
export const RECORDING_PART_BYTES = 4 * 1024 * 1024
/** Recordings of crashed sessions that are kept; past it the oldest are deleted. */
export const MAX_RECOVERED = 10
/** The longest name of a recording that can be asked for. */
export const MAX_SOURCE_CHARS = 100
/** The largest recording that is opened. */
export const MAX_OPENED_BYTES = 512 * 1024 * 1024

/** What is told of something that went wrong unexpectedly: the sentence, and the stack with all that is known. */
export const MAX_PROBLEM_CHARS = 1_000
export const MAX_PROBLEM_DETAILS_CHARS = 20_000

/** The browser way in. Windows at once; a class of students on one machine stays far below. */
export const MAX_SCREENS = 100
/** Windows of viewers at once: ten more are kept for operators. */
export const MAX_VIEWERS = 90
/**
 * Connections at once: every window's own, and four more of each, which load it or read a recording. Past it the oldest
 * without the token makes room.
 */
export const MAX_WEB_CONNECTIONS = 500
/** A connection that does not get its request told in this time, or on which nothing moves, is cut off. */
export const REQUEST_LIMIT_MS = 10_000
export const IDLE_LIMIT_MS = 30_000
/**
 * What one window may send. A page acknowledges at most 63 frames a second and sends a command a key press or pointer
 * move; a burst of the longest messages is a person who pastes them.
 */
export const SCREEN_MESSAGES = { perSecond: 500, burst: 1_000 }
export const SCREEN_BYTES = { perSecond: 4 * 1024 * 1024, burst: 16 * 1024 * 1024 }
/** A page subscribes once a connection; each time costs a snapshot. */
export const SCREEN_SUBSCRIPTIONS = { perSecond: 1, burst: 10 }
/** Messages past the rate that are answered in words; a window that then goes on is closed. */
export const SCREEN_REFUSALS = { perSecond: 1, burst: 100 }
/** Bytes that wait to be read by one window; two of the largest snapshots are less than half of it. */
export const MAX_UNREAD_SCREEN_BYTES = 64 * 1024 * 1024
/** Requests with the token, and without it: a flood of the latter must not lock out the former. A page's files are free. */
export const TOKEN_REQUESTS = { perSecond: 200, burst: 1_000 }
export const OTHER_REQUESTS = { perSecond: 500, burst: 2_000 }
/** Parts of recordings that are under way to screens at once; each holds RECORDING_PART_BYTES. */
export const MAX_PARTS_IN_PROGRESS = 64
