// `roundabout proxy`: the proxy of the homework, as a program of its own.
import { defineCommand } from '../command'
import { runProxy } from '../programs/proxy'
import { PROXY_OPTIONS } from '../programs/proxy-options'

export const proxyCommand = defineCommand({
  name: 'proxy',
  summary: 'The proxy: servers register with it, and it passes clients’ messages on to them',
  details: [
    'It prints what the homework’s proxy prints. On a terminal, a table of its servers stays below.',
    'With --doctor it says what is odd on the wire of each program that takes part, with the bytes, why, and how to mend it (docs/socket-doctor.md).',
    'The settings of pools, from --algorithm on, are those of every policy; --policy gives one policy its own.',
  ],
  options: PROXY_OPTIONS,
  examples: [
    ['roundabout proxy -port 2100', 'The proxy of the homework.'],
    [
      'roundabout proxy --algorithm least-connections --checks on --screen',
      'Another algorithm and health checks; the app shows it in the browser.',
    ],
    ['roundabout proxy -port 2100 --doctor', 'For your own server or client, while you write it.'],
    [
      'roundabout proxy --policy 111:algorithm=least-connections,queue.max=50 --policy 222:checks',
      'Two policies with settings of their own.',
    ],
    [
      'roundabout proxy --listen 0.0.0.0 --json > events.jsonl',
      'For programs on other machines, with every event as a line of JSON.',
    ],
  ],
  async run({ given }, io) {
    await runProxy({ ...given, pool: given }, io, {})
    return 0
  },
})
