// What programs of the room may cost the lab (limits.ts has all other limits).

/** Machines of the room whose programs may join, and connections of one of them and of all to the proxy at once. */
export const MAX_GUEST_MACHINES = 100
export const MAX_CONNECTIONS_OF_MACHINE = 30
export const MAX_GUEST_CONNECTIONS = 600
/** New connections of one machine: further ones are closed. A client may open one for each message. */
export const CONNECTIONS_OF_MACHINE = { perSecond: 60, burst: 200 }
/** Messages of one machine to the proxy: further ones wait. A long message counts as several, of this many bytes each. */
export const MESSAGES_OF_MACHINE = { perSecond: 60, burst: 200 }
export const MACHINE_MESSAGE_BYTES = 16 * 1024
/** Unanswered messages of one connection before the proxy stops reading from it. */
export const MAX_GUEST_OUTSTANDING = 8
/** Servers and clients of one machine, and clients of all, on the graph. */
export const MAX_SERVERS_OF_MACHINE = 12
export const MAX_CLIENTS_OF_MACHINE = 20
export const MAX_GUEST_CLIENTS = 160
