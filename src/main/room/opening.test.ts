import { expect, it } from 'vitest'
import type { RoomAddress } from '../../shared/room/room-line'
import { allowOpening, type Opening } from './opening'

const ADDRESSES: RoomAddress[] = [
  { address: '192.0.2.7', name: 'wlan0', reach: 'network' },
  { address: '127.0.0.1', name: 'lo', reach: 'machine' },
]
const TO_NETWORK: Opening = { what: 'class', address: '192.0.2.7' }

it('to a network needs the consent of the person each time', async () => {
  const asked: Opening[] = []
  const answers = [false, true]
  const ask = async (opening: Opening) => {
    asked.push(opening)
    return answers.shift() ?? false
  }
  await expect(allowOpening(TO_NETWORK, ADDRESSES, ask)).rejects.toThrow('did not allow it')
  await allowOpening(TO_NETWORK, ADDRESSES, ask)
  expect(asked).toEqual([TO_NETWORK, TO_NETWORK])
})

it('is refused if the dialog fails, and to an address that is unknown', async () => {
  const fails = () => Promise.reject(new Error('no window'))
  await expect(allowOpening(TO_NETWORK, ADDRESSES, fails)).rejects.toThrow('did not allow it')
  const programs: Opening = { what: 'programs', address: '198.51.100.1' }
  const refuses = async () => false
  await expect(allowOpening(programs, ADDRESSES, refuses)).rejects.toThrow('may not join')
})

it('to this machine alone, or where nobody can be asked, needs none', async () => {
  const never = () => expect.fail('It asks.')
  await allowOpening({ what: 'class', address: '127.0.0.1' }, ADDRESSES, never)
  await allowOpening(TO_NETWORK, ADDRESSES, undefined)
})
