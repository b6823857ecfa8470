import { expect, it } from 'vitest'
import { notesOnRegistration, portOfAppWords } from './registration-notes'

const row = {
  server: '7',
  policy: '111',
  listenPort: 5_007,
  address: '127.0.0.1',
  node: 'outside:server:7',
}

function textsOf(...given: Parameters<typeof notesOnRegistration>): string[] {
  return notesOnRegistration(...given).map(({ text }) => text)
}

it('has nothing to say of a first registration, and of the same one again', () => {
  expect(textsOf(row, undefined, [])).toEqual([])
  expect(textsOf(row, row, [{ ...row, server: '8', listenPort: 5_008 }])).toEqual([])
})

it('names what changed when one id comes again with another policy or port', () => {
  expect(textsOf({ ...row, policy: '222', listenPort: 6_000 }, row, [])).toEqual([
    'Server 7 has registered again, now with policy 222, before 111, and with port 6000 at 127.0.0.1, before port 5007 at 127.0.0.1. Was it started anew? If two programs have the id 7, give one of them another id.',
  ])
})

it('takes the addresses of one machine for the same', () => {
  expect(textsOf({ ...row, address: '::1' }, row, [])).toEqual([])
  expect(textsOf(row, undefined, [{ ...row, server: '8', address: '::1' }])).toHaveLength(1)
  expect(textsOf(row, undefined, [{ ...row, server: '8', address: '10.0.0.8' }])).toEqual([])
})

it('has nothing to say of an inside server that a person moves to another policy', () => {
  const inside = { ...row, node: 'server:7' }
  expect(textsOf({ ...inside, policy: '222' }, inside, [])).toEqual([])
})

it('names an id that has registered the same port before, and concerns the nodes of both', () => {
  const other = (server: string) => ({ ...row, server, node: `outside:server:${server}` })
  expect(notesOnRegistration(row, undefined, [other('5'), other('6')])).toEqual([
    {
      text: 'Server 7 has registered port 5007, which server 5 (and 1 other server) has registered too: one program gets the messages of both. Each server needs a port of its own.',
      nodes: ['outside:server:7', 'outside:server:5'],
    },
  ])
})

it('says who has taken an id over from whom', () => {
  const inside = { ...row, node: 'server:7', listenPort: 21_001 }
  expect(notesOnRegistration(row, inside, [])).toEqual([
    {
      text: 'An outside program (port 5007) has taken over the id 7 from the lab’s own server 7 (port 21001), which gets no messages any more. Give one of them another id.',
      nodes: ['outside:server:7', 'server:7'],
    },
  ])
})

it.each([
  ['proxy', 'Port 2100 is the proxy’s own'],
  ['server:100', 'Port 2100 is that of server 100 of this lab'],
  ['web host', 'Port 2100 is the one on which Roundabout serves its page to browsers'],
])('says that a port belongs to %s', (owner, words) => {
  expect(portOfAppWords(2100, owner)).toBe(
    `${words}: register the port that your own program listens on.`,
  )
})
