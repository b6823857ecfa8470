// Limits and defaults, each defined once, with the unit in the name. Those of settings are in
// settings/.

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PROXY_PORT = 2100
/** How many ports above the default are tried if it is taken. */
export const PROXY_PORT_TRIES = 100

export const MIN_SPEED = 0.1
export const MAX_SPEED = 10
/** The past only has to be drawn, so it can play faster than the lab runs. */
export const MAX_PAST_SPEED = 100

export const MAX_MESSAGE_BYTES = 1024 * 1024
/** Deeper nesting is refused: parsers recurse. */
export const MAX_NESTING = 64
/** Longer ids and policies are refused. */
export const MAX_ID_CHARS = 64
export const HALF_SENT_LIMIT_MS = 10_000
/** Silence after which bytes that do not tell yet what they are count as what they most likely are. */
export const UNDECIDED_LIMIT_MS = 300
export const CONNECT_LIMIT_MS = 2_000
export const REPLY_LIMIT_MS = 10_000
/** The same for an answer that a person types: forty digits. */
export const HAND_REPLY_LIMIT_MS = 120_000
/** Messages that a server by hand works on at once: a person sees each of them. */
export const MAX_IN_HAND = 20
/** The characters of an answer that a person types, and those of the message that the person is shown. */
export const MAX_TYPED_CHARS = 10_000
export const MAX_TO_ANSWER_CHARS = 200
/** The latest answers of such a server of which it is kept what became of them. */
export const MAX_ENDED_BY_HAND = 5
/** How long a server that has let its time pass may take to answer a probe (diagnosis/waiting.ts). */
export const PROBE_LIMIT_MS = 250

/**
 * For a server that registers just before it listens: how often and for how long the dial is
 * retried.
 */
export const RETRY_EVERY_MS = 100
export const RETRY_FOR_MS = 1_000

/**
 * After the answer to a fatal fault: how long the sender may continue before its connection is cut.
 */
export const LINGER_MS = 2_000

/** Unanswered messages of one client connection before the proxy stops reading from it. */
export const MAX_OUTSTANDING = 64
/** Bytes that one peer has not read before the proxy stops reading from it. */
export const MAX_UNREAD_BYTES = 1024 * 1024

/** The seed of a lab whose scenario does not name one, and the largest seed. */
export const DEFAULT_SEED = 1
export const MAX_SEED = 2 ** 32 - 1

/** The largest `how many` of one "Send message". */
export const MAX_SEND_COUNT = 1_000
export const MAX_PAYLOAD_CHARS = 256 * 1024
/** Changes of the set-up that can be undone; the oldest are forgotten. */
export const MAX_UNDONE = 100
export const MAX_INSIDE_NODES = 1_000
/** Messages a second of one traffic source. */
export const MAX_TRAFFIC_RATE = 2_000
export const MAX_TRAFFIC_MESSAGES = 10_000_000
/** Clients of one traffic source. */
export const MAX_CROWD = 200
/** Messages of one traffic source without an answer: further ones wait at the source until one has come. */
export const MAX_SOURCE_UNANSWERED = 5_000
/** Messages that wait at one source: it stops when there would be more. */
export const MAX_SOURCE_UNSENT = 20_000
/** Places that people have given to nodes; more than there can be nodes. */
export const MAX_PLACES = 2_500
/** Rows of the message switching table; further registrations are refused. */
export const MAX_SERVERS = 1_000
/** Outside clients on the graph; beyond it the oldest one that has left is removed. */
export const MAX_OUTSIDE_CLIENTS = 200
/**
 * The longest duration of one client's burst, spread out so that its packets are seen one by one.
 */
export const MAX_BURST_MS = 10_000
/** Spacing of a burst's packets, as a fraction of the link's latency. */
export const BURST_SPACING = 0.25

/** Packets that the state keeps; the counters keep counting. */
export const PACKET_HISTORY = 20_000
/** Bytes of messages that the state keeps; beyond it the oldest packets are dropped. */
export const PACKET_HISTORY_BYTES = 64 * 1024 * 1024
/** Lines of a node's terminal that the state keeps. */
export const TERMINAL_LINES = 500
/** Policies without a server that the state keeps; beyond it the newest are dropped. */
export const MAX_UNSERVED_POLICIES = 20

/** Policies that one screen looks at in more detail. */
export const MAX_WATCHED = 16

/** One batch of events per frame. */
export const FRAME_MS = 16
/**
 * The time after a large frame, of some hundred messages a second and more: each frame costs more to pass on and to show than
 * its bytes, and the eye sees no difference, since packets glide between frames.
 */
export const LARGE_FRAME_MS = 33
export const LARGE_FRAME_BYTES = 4 * 1024
/** Batches sent to a consumer before it must acknowledge one. */
export const MAX_UNACKNOWLEDGED = 2
/**
 * Events, and bytes of messages in them, that may wait for a consumer; beyond it, it gets a
 * snapshot instead.
 */
export const MAX_WAITING_EVENTS = 20_000
export const MAX_WAITING_BYTES = 8 * 1024 * 1024
/** The newest packets in a snapshot, and the bytes in them and in those in flight. */
export const SNAPSHOT_PACKETS = 500
export const SNAPSHOT_BYTES = 4 * 1024 * 1024
/** Events in one frame. */
export const MAX_FRAME_EVENTS = 8_000

/** Where a packet is held: in the middle of its link. */
export const HOLD_AT = 0.5
export const MAX_BREAKPOINTS = 100
export const MAX_FAULTS = 100
export const MAX_BOOKMARKS = 200
export const MAX_CAPTION_CHARS = 200
export const MAX_FILTER_CHARS = 500
/** Reads of one message that are reported one by one. */
export const MAX_READS = 256
/** Marks of each kind on the timeline; beyond it every second mark of that kind is removed. */
export const MAX_MARKS = 400

/** Events, and bytes of messages in them, after which a block of the recording is closed. */
export const BLOCK_EVENTS = 2_048
export const BLOCK_BYTES = 1024 * 1024
/**
 * The shortest distance between two keyframes of a recording, in events. A block counts as some
 * events more, which is the cost of opening it.
 */
export const KEYFRAME_EVENTS = 8_000
export const BLOCK_COST_EVENTS = 512
/** Packets in the state at a past moment; lists reach further back by themselves. */
export const PAST_PACKETS = 1_000
/** Compressed bytes of the running session's recording; beyond it the oldest blocks are dropped. */
export const MAX_RECORDING_BYTES = 256 * 1024 * 1024
/** The recording on disk is never further behind than this, in real time. */
export const RECORDING_FLUSH_MS = 500
/** Bytes of a recording that are sent to a screen at once. */
export const RECORDING_PART_BYTES = 4 * 1024 * 1024
/** Sessions that are kept on disk; beyond it the oldest are deleted. */
export const MAX_KEPT_SESSIONS = 10
/** After a change, the pool is saved for the next start within this real time. */
export const POOL_SAVE_MS = 500
/** The longest name of a recording. */
export const MAX_SOURCE_CHARS = 100
/** The largest recording that can be opened. */
export const MAX_OPENED_BYTES = 512 * 1024 * 1024

/** Length of an unexpected error's message, and of its stack and other details. */
export const MAX_PROBLEM_CHARS = 1_000
export const MAX_PROBLEM_DETAILS_CHARS = 20_000

/** Viewers' windows at once: a class of two hundred, with room for some who open a second one. */
export const MAX_VIEWERS = 240
/** Browser windows at once: ten more are reserved for operators. */
export const MAX_SCREENS = MAX_VIEWERS + 10
/**
 * HTTP and WebSocket connections at once: each window's own, and four more to load it or to read a
 * recording. Beyond it the oldest without the token is closed.
 */
export const MAX_WEB_CONNECTIONS = 5 * MAX_SCREENS
/** Time for a request to arrive, and for a connection to be idle, before it is closed. */
export const REQUEST_LIMIT_MS = 10_000
export const IDLE_LIMIT_MS = 30_000
/**
 * Rate limits of one window. A page acknowledges at most 63 frames a second and sends a command per
 * key press or pointer move; a person who pastes the longest messages causes a burst.
 */
export const SCREEN_MESSAGES = { perSecond: 500, burst: 1_000 }
export const SCREEN_BYTES = { perSecond: 4 * 1024 * 1024, burst: 16 * 1024 * 1024 }
/** A page subscribes once per connection; each time costs a snapshot. */
export const SCREEN_SUBSCRIPTIONS = { perSecond: 1, burst: 10 }
/** Messages over the rate that get an error answer before the window is closed. */
export const SCREEN_REFUSALS = { perSecond: 1, burst: 100 }
/** Bytes that one window has not read; two of the largest snapshots are less than half of it. */
export const MAX_UNREAD_SCREEN_BYTES = 64 * 1024 * 1024
/**
 * Requests with and without the token: a flood without it must not lock out the others. A page's
 * files are not counted.
 */
export const TOKEN_REQUESTS = { perSecond: 200, burst: 1_000 }
export const OTHER_REQUESTS = { perSecond: 500, burst: 2_000 }
/** Parts of recordings being sent at once; each needs RECORDING_PART_BYTES. */
export const MAX_PARTS_IN_PROGRESS = 64
/** Requests for parts that wait for one of those to end: one of each window. */
export const MAX_PARTS_WAITING = MAX_SCREENS
/** For one viewer of a class: parts being sent at once, and requests that wait. */
export const MAX_PARTS_OF_VIEWER = 2
export const MAX_PARTS_WAITING_OF_VIEWER = 8

/** Seconds of everything together that the state keeps for charts: an hour in which something happens each second. */
export const METRICS_SECONDS = 3_600
/** Seconds of single policies, servers and clients that it keeps, taken together. */
export const METRICS_ROWS = 6_000
/** Numbers in the histograms of all groups that it keeps: a bucket is two. */
export const METRICS_BUCKETS = 100_000

export const MAX_SCENARIO_NAME_CHARS = 100

/** Labs that are compared with one another. */
export const MIN_COMPARED = 2
export const MAX_COMPARED = 4
/** An hour: figures are kept for as many seconds. */
export const MAX_COMPARED_MS = METRICS_SECONDS * 1000
export const MAX_COMPARED_ARRIVALS = 100_000
/** Packets of a compared lab that its picture shows. */
export const COMPARED_PACKETS = 12_000

/** The characters of a command that starts a program, and of its folder. */
export const MAX_PROGRAM_CHARS = 2_000

/** Devices of a class at once; `MAX_VIEWERS` is how many of the browser way's. */
export const MAX_ROOM_VIEWERS = 240
/** Whole labs that viewers of a class have open at once. */
export const MAX_ROOM_LABS = 60
/** Whole labs of one viewer; the oldest is closed for another one. */
export const MAX_LABS_OF_VIEWER = 2
/** New ones of one viewer, and of all together: each costs a snapshot. */
export const LAB_CONNECTIONS_OF_VIEWER = { perSecond: 0.5, burst: 10 }
export const LAB_CONNECTIONS = { perSecond: 10, burst: 2 * MAX_ROOM_LABS }
/** Bytes that a viewer's whole lab has not read, beside one snapshot. */
export const MAX_UNREAD_LAB_BYTES = 4 * 1024 * 1024
/** Those who have joined once; the answers and names of those who have answered are kept until the class ends. */
export const MAX_KNOWN_VIEWERS = 2_000
/** HTTP and WebSocket connections of a class at once; beyond it, the oldest of those who have not joined is closed. */
export const MAX_ROOM_CONNECTIONS = 5 * (MAX_ROOM_VIEWERS + MAX_ROOM_LABS)
/**
 * Connections of one viewer: six of a browser for requests, three pages, two whole labs, and one more. Beyond it, the
 * viewer's oldest one is closed.
 */
export const MAX_CONNECTIONS_OF_VIEWER = 12
/** Time for a new connection to say who it is. */
export const JOIN_LIMIT_MS = 10_000
/** Wrong codes from one address, and from all together, before none is looked at for a while. */
export const WRONG_CODES_OF_ADDRESS = { perSecond: 0.5, burst: 20 }
export const WRONG_CODES = { perSecond: 5, burst: 200 }
/** New viewers from one address: several devices can be behind one. */
export const JOINS_OF_ADDRESS = { perSecond: 1, burst: 60 }
/** New connections of viewers. A class joins at once. */
export const VIEWER_CONNECTIONS = { perSecond: 100, burst: 1_000 }
/** Messages of one viewer, each of at most MAX_VIEWER_MESSAGE_BYTES. */
export const VIEWER_MESSAGES = { perSecond: 5, burst: 40 }
export const MAX_VIEWER_MESSAGE_BYTES = 2_048
/** Bytes that a viewer has not read, beyond which it gets no further pictures until it has. */
export const MAX_UNREAD_VIEWER_BYTES = 64 * 1024
/** How often a viewer is asked for a sign of life, and when one that gives none is cut off. */
export const VIEWER_PING_MS = 10_000
export const VIEWER_SILENCE_MS = 30_000
/** Pictures of the lab for viewers: at most one in this time. */
export const VIEWER_PICTURE_MS = 100
/** The counts of a vote and of a class, while they change. */
export const VOTE_COUNT_MS = 250
export const MAX_VIEWER_NAME_CHARS = 40

/** Clients that viewers of a class have at once. */
export const MAX_GIVEN_CLIENTS = 60
/** Clients that viewers get because they want one, of all together. */
export const NEW_GIVEN_CLIENTS = { perSecond: 5, burst: MAX_GIVEN_CLIENTS }
/** Messages of one viewer's client, and how many of them may wait for their answers at once. */
export const GIVEN_MESSAGES = { perSecond: 1, burst: 5 }
export const MAX_GIVEN_UNANSWERED = 3
/** The characters of such a message's payload. */
export const MAX_GIVEN_PAYLOAD_CHARS = 40
/** Servers that viewers of a class have at once. */
export const MAX_GIVEN_SERVERS = 20
export const NEW_GIVEN_SERVERS = { perSecond: 2, burst: MAX_GIVEN_SERVERS }
/** Answers of one viewer’s server. */
export const GIVEN_ANSWERS = { perSecond: 1, burst: 5 }
export const MAX_GIVEN_ANSWER_CHARS = 100
/** A server whose viewer has been away for so long is taken back: its messages would wait for nobody. */
export const GIVEN_SERVER_AWAY_MS = 60_000

export const MAX_VOTE_OPTIONS = 24
export const MAX_VOTE_CHARS = 300
export const MAX_VOTE_OPTION_CHARS = 100
/** Questions of one class whose answers are kept; the oldest are forgotten. */
export const MAX_VOTES = 200
/** Rounds of one question. */
export const MAX_VOTE_ROUNDS = 5
