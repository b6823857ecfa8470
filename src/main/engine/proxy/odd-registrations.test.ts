import { describe, expect, it } from 'vitest'
import { composeRegistration } from '../../../shared/protocol/compose'
import { withServers } from './plays.testing'

describe('registering', () => {
  it('of a port that is the app’s own is refused in words, and changes nothing', () => {
    const play = withServers('100')
    const stranger = { node: 'outside:server:7', portOwner: 'server:100' }
    play
      .says(9, composeRegistration('7', '111', 100), stranger)
      .causes('report log', 'report log', 'answer client 9: PORT_OF_THE_APP')
    expect(play.reports('log')[0]).toEqual({
      type: 'log',
      node: 'outside:server:7',
      level: 'error',
      text: 'The registration of server 7 for policy 111 was refused. Port 100 is that of server 100 of this lab: register the port that your own program listens on.',
    })
    play
      .says(9, composeRegistration('100', '111', 100), { ...stranger, node: 'server:100' })
      .causes('report row.set', 'registered on 9')
  })

  it('of an id that another node has warns both of them, and the proxy', () => {
    const play = withServers('100')
    play
      .says(9, composeRegistration('100', '111', 7_000), { node: 'outside:server:100' })
      .causes('report row.set', 'report log', 'report log', 'report log', 'registered on 9')
    const text =
      'An outside program (port 7000) has taken over the id 100 from the lab’s own server 100 (port 100), which gets no messages any more. Give one of them another id.'
    expect(play.reports('log')).toEqual(
      ['proxy', 'outside:server:100', 'server:100'].map((node) => ({
        type: 'log',
        node,
        level: 'warning',
        text,
      })),
    )
  })
})
