import { expect, it } from 'vitest'
import { nodeTest, partsOfNode } from './nodes'

it.each([
  ['proxy', { outside: false, role: 'proxy', id: undefined }],
  ['client:1', { outside: false, role: 'client', id: '1' }],
  ['outside:server:7:b', { outside: true, role: 'server', id: '7:b' }],
  ['outside:unknown', { outside: true, role: 'unknown', id: undefined }],
])('takes %s apart', (node, parts) => expect(partsOfNode(node)).toEqual(parts))

const NODES = ['proxy', 'client:1', 'server:1', 'outside:server:1', 'outside:unknown', 'client:ab']

it.each([
  ['1', ['client:1', 'server:1', 'outside:server:1']],
  ['server 1', ['server:1', 'outside:server:1']],
  ['Inside Server 1', ['server:1']],
  ['server:1', ['server:1']],
  ['outside server', ['outside:server:1']],
  ['outside', ['outside:server:1', 'outside:unknown']],
  ['clients', ['client:1', 'client:ab']],
  ['the proxy', ['proxy']],
  ['unknown program', ['outside:unknown']],
  ['client ab', ['client:ab']],
  ['client AB', []],
])('means by “%s” %j', (text, expected) => {
  expect(NODES.filter(nodeTest(text))).toEqual(expected)
})
