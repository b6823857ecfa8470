// The vocabulary of version 0.1.0, whose recordings (format 1) and frames name none. It never changes.
import type { Vocabulary } from './vocabulary'

export const VOCABULARY_1: Vocabulary = {
  types: [
    {
      name: 'packet.sent',
      fields: [
        'packet',
        'exchange',
        'kind',
        'from',
        'to',
        'connection',
        'dueAt',
        'bytes',
        'copyOf',
      ],
      bytes: ['bytes'],
    },
    {
      name: 'packet.delivered',
      fields: ['packet'],
    },
    {
      name: 'packet.dropped',
      fields: ['packet', 'reason'],
    },
    {
      name: 'packet.held',
      fields: ['packet', 'breakpoint', 'behind', 'progress'],
    },
    {
      name: 'packet.released',
      fields: ['packet', 'dueAt'],
    },
    {
      name: 'packet.edited',
      fields: ['packet', 'kind', 'bytes'],
      bytes: ['bytes'],
    },
    {
      name: 'packet.read',
      fields: ['packet', 'pieces'],
    },
    {
      name: 'breakpoint.set',
      fields: ['breakpoint'],
    },
    {
      name: 'breakpoint.removed',
      fields: ['breakpoint'],
    },
    {
      name: 'decision.made',
      fields: ['exchange', 'policy', 'server', 'candidates', 'turn', 'skipped', 'next'],
    },
    {
      name: 'upstream.failed',
      fields: ['exchange', 'server', 'reason'],
    },
    {
      name: 'answer.verified',
      fields: ['exchange', 'packet', 'node', 'verdict'],
    },
    {
      name: 'exchange.finished',
      fields: ['exchange', 'client', 'outcome', 'server', 'reason'],
    },
    {
      name: 'connection.opened',
      fields: ['connection', 'from', 'to', 'fromPort', 'toPort', 'fromAddress', 'toAddress'],
    },
    {
      name: 'connection.closed',
      fields: ['connection', 'node'],
    },
    {
      name: 'proxy.listening',
      fields: ['host', 'port', 'askedPort'],
    },
    {
      name: 'node.added',
      fields: ['node'],
    },
    {
      name: 'node.changed',
      fields: ['node'],
    },
    {
      name: 'node.removed',
      fields: ['id'],
    },
    {
      name: 'row.set',
      fields: ['row'],
    },
    {
      name: 'row.removed',
      fields: ['server'],
    },
    {
      name: 'policy.next',
      fields: ['policy', 'server'],
    },
    {
      name: 'clock.changed',
      fields: ['paused', 'speed'],
    },
    {
      name: 'latency.changed',
      fields: ['latencyMs'],
    },
    {
      name: 'log',
      fields: ['node', 'level', 'text'],
    },
    {
      name: 'scenario.reset',
      fields: [],
    },
    {
      name: 'scenario.opened',
      fields: ['name'],
    },
  ],
  shapes: [
    {
      name: 'piece',
      fields: ['bytes', 'of', 'at'],
    },
    {
      name: 'breakpoint',
      fields: ['id', 'filter', 'once', 'enabled'],
    },
    {
      name: 'skipped',
      fields: ['server', 'reason'],
    },
    {
      name: 'node',
      fields: ['id', 'role', 'origin', 'protocolId', 'policy', 'payload', 'port', 'keepConnection'],
    },
    {
      name: 'row',
      fields: ['server', 'policy', 'listenPort', 'address', 'node', 'health'],
    },
    {
      name: 'state',
      fields: [
        'seq',
        'at',
        'scenario',
        'clock',
        'latencyMs',
        'proxy',
        'nodes',
        'rows',
        'next',
        'connections',
        'decisions',
        'logs',
        'totals',
        'breakpoints',
        'marks',
        'notShown',
        'firstPacket',
        'firstKept',
        'packets',
        'inFlight',
      ],
    },
    {
      name: 'clock',
      fields: ['paused', 'speed'],
    },
    {
      name: 'proxy',
      fields: ['host', 'port', 'askedPort'],
    },
    {
      name: 'node in a state',
      fields: [
        'id',
        'role',
        'origin',
        'protocolId',
        'policy',
        'payload',
        'port',
        'keepConnection',
        'sent',
        'received',
        'errors',
        'served',
        'inFlight',
        'connections',
        'lastVerdict',
      ],
    },
    {
      name: 'row in a state',
      fields: [
        'server',
        'policy',
        'listenPort',
        'address',
        'node',
        'health',
        'chosen',
        'served',
        'failed',
      ],
    },
    {
      name: 'connection',
      fields: ['id', 'from', 'to', 'fromPort', 'toPort', 'fromAddress', 'toAddress'],
    },
    {
      name: 'decision',
      fields: ['exchange', 'policy', 'server', 'candidates', 'turn', 'skipped', 'next', 'at'],
    },
    {
      name: 'log line',
      fields: ['at', 'level', 'text'],
    },
    {
      name: 'totals',
      fields: ['sent', 'delivered', 'dropped', 'exchanges', 'verdicts'],
    },
    {
      name: 'exchanges',
      fields: ['begun', 'answered', 'refused', 'lost'],
    },
    {
      name: 'verdicts',
      fields: ['correct', 'wrong', 'error'],
    },
    {
      name: 'mark',
      fields: ['kind', 'at', 'seq'],
    },
    {
      name: 'packet',
      fields: [
        'id',
        'exchange',
        'kind',
        'from',
        'to',
        'connection',
        'sentAt',
        'dueAt',
        'status',
        'endedAt',
        'dropped',
        'verdict',
        'legAt',
        'legFrom',
        'heldAt',
        'held',
        'pieces',
        'decision',
        'copyOf',
        'size',
        'originalSize',
      ],
    },
    {
      name: 'held',
      fields: ['breakpoint', 'behind'],
    },
  ],
  choices: [
    {
      name: 'packet kind',
      words: [0, 1, 2, 'error'],
    },
    {
      name: 'error code',
      words: [
        'NOT_JSON',
        'NOT_AN_OBJECT',
        'NOT_UTF8',
        'MESSAGE_TOO_LARGE',
        'NESTED_TOO_DEEPLY',
        'MESSAGE_HALF_SENT',
        'MISSING_FIELD',
        'WRONG_FIELD',
        'UNKNOWN_TYPE',
        'UNEXPECTED_TYPE',
        'TABLE_FULL',
        'NO_SERVER_FOR_POLICY',
        'SERVER_UNREACHABLE',
        'SERVER_CONNECT_TIMEOUT',
        'SERVER_TIMEOUT',
        'SERVER_CLOSED',
        'SERVER_BAD_ANSWER',
        'SERVER_REMOVED',
        'CLIENT_LEFT',
        'PROXY_UNREACHABLE',
        'PROXY_CLOSED',
        'DROPPED_BY_HAND',
        'STOPPED',
      ],
    },
    {
      name: 'why skipped',
      words: ['down'],
    },
    {
      name: 'verdict',
      words: ['correct', 'wrong', 'error'],
    },
    {
      name: 'outcome',
      words: ['answered', 'refused', 'lost'],
    },
    {
      name: 'role',
      words: ['proxy', 'server', 'client', 'unknown'],
    },
    {
      name: 'origin',
      words: ['inside', 'outside'],
    },
    {
      name: 'health',
      words: ['up', 'down'],
    },
    {
      name: 'log level',
      words: ['info', 'warning', 'error'],
    },
    {
      name: 'mark kind',
      words: ['registration', 'error', 'held'],
    },
    {
      name: 'packet status',
      words: ['flying', 'delivered', 'dropped'],
    },
  ],
}
