// A short lesson with a scenario, a question on a held message, one for a number, a task and a question for one's own words, as a file.
import { strToU8, zipSync } from 'fflate'

const LESSON = `---
format: roundabout-lesson
version: 1
id: two-turns
title: Two turns
summary: Each policy has its own turn.
minutes: 2
misbelief: There is one list of all servers.
---

## Two policies

Servers **100** and **300** serve policy 111. See [the assignment](https://example.com/assignment).

![The two rings](pictures/rings.png)

\`\`\`setup
scenario: scenarios/two.roundabout-scenario
\`\`\`

## The first message

Client 1 has sent a message.

\`\`\`setup
spotlight: [client 1, ring 111, packet]
lock: [servers, time, packets]
\`\`\`

\`\`\`ask
ask: server
policy: "111"
question: Which server gets it?
gate: { holds: "type:0 to:proxy policy:111", send: "1" }
others: [It depends]
\`\`\`

The one that registered first.

## How many answers

\`\`\`ask
ask: number
question: How many answers does client 1 get for one message?
tolerance: 1
truth: { counts: { event: answer.verified } }
commands: [{ type: sendMessage, client: "client:1" }]
until: { event: exchange.finished }
\`\`\`

One.

## Your turn

\`\`\`task
task: Let client 2 get an answer.
done: { event: exchange.finished, with: { client: "client:2" } }
hints: [Select client 2., Press the button that sends.]
\`\`\`

## Why

\`\`\`explain
explain: Why two turns?
model: Each policy has *its own* list.
\`\`\`
`

const SCENARIO = {
  format: 'roundabout-scenario',
  version: 2,
  name: 'Two policies',
  latencyMs: 100,
  servers: [
    { id: '100', policy: '111' },
    { id: '200', policy: '222' },
    { id: '300', policy: '111' },
  ],
  clients: [
    { id: '1', policy: '111', payload: 'xyz1' },
    { id: '2', policy: '222', payload: 'xyz2' },
  ],
}

/** One white pixel. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII='

export const LESSON_NAME = 'two-turns.roundabout-lesson'

export function lessonFile(): Buffer {
  return Buffer.from(
    zipSync({
      'lesson.md': strToU8(LESSON),
      'scenarios/two.roundabout-scenario': strToU8(JSON.stringify(SCENARIO)),
      'pictures/rings.png': Uint8Array.from(Buffer.from(PICTURE, 'base64')),
    }),
  )
}
