import { describe, expect, it } from 'vitest'
import type { LinkFault } from '../../../shared/link-fault'
import { settled } from '../../../shared/settings/derive'
import { FAULT_SETTINGS, type FaultName } from '../../../shared/settings/fault'
import { harmedLanes, harmOf } from './link-harm'

type Given = [FaultName, LinkFault['direction']]

function faultsOf(link: string, ...given: Given[]): Map<number, LinkFault> {
  return new Map(
    given.map(([fault, direction], index) => [
      index + 1,
      { ...settled(FAULT_SETTINGS, {}), id: index + 1, link, fault, direction },
    ]),
  )
}

describe('the harm of a link', () => {
  it('is none without a fault of its own', () => {
    expect(harmOf(faultsOf('server:100', ['loss', 'to-server']), 'client:1')).toBeUndefined()
  })

  it('names each direction and its faults once', () => {
    const words = (...given: Given[]) => harmOf(faultsOf('server:100', ...given), 'server:100')
    expect(words(['loss', 'to-server'], ['latency', 'to-server'])).toMatchObject({
      short: 'loss, latency to servers',
      words: 'loss and latency towards the servers',
      toServer: true,
      toClient: false,
    })
    expect(words(['slicer', 'to-server'], ['slicer', 'to-client'])).toMatchObject({
      names: 'slicer',
      short: 'slicer both ways',
    })
    expect(words(['loss', 'to-client'], ['down', 'to-server'])).toMatchObject({
      words: 'down towards the servers, loss towards the clients',
    })
  })

  it('takes a direction that only a newer version knows for both', () => {
    const harm = harmOf(faultsOf('server:100', ['loss', 'unknown']), 'outside:server:100')
    expect(harm).toMatchObject({ short: 'loss both ways', toServer: true, toClient: true })
  })

  it('is on the lane towards the node or the proxy, by where the servers are', () => {
    const toServer = { toServer: true, toClient: false }
    expect(harmedLanes('server:100', toServer)).toEqual({ toProxy: false, fromProxy: true })
    expect(harmedLanes('outside:client:50', toServer)).toEqual({ toProxy: true, fromProxy: false })
  })
})
