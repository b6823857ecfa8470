import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useUi } from '../choices/ui'
import { fakeBridge } from '../line/testing'
import { copyViewerAddress, servesViewers, startViewers } from './viewers'

const ADDRESS = 'http://127.0.0.1:5000/?token=1'
const notices = () => useUi.getState().notices.map(({ level, text }) => `${level}: ${text}`)

let copied: string[]
function stubClipboard(works: boolean): void {
  copied = []
  vi.stubGlobal('navigator', {
    clipboard: {
      writeText: async (text: string) => {
        if (!works) throw new Error('Not allowed.')
        copied.push(text)
      },
    },
  })
}

beforeEach(() => {
  useUi.setState({ notices: [] })
  stubClipboard(true)
})
afterEach(() => {
  startViewers(fakeBridge().bridge)
  vi.unstubAllGlobals()
})

it('copies the address for viewers and shows it', async () => {
  startViewers({ ...fakeBridge().bridge, makeViewerAddress: async () => ADDRESS })
  expect(servesViewers()).toBe(true)
  await copyViewerAddress()
  expect(copied).toEqual([ADDRESS])
  expect(notices()).toEqual([expect.stringContaining(ADDRESS)])
})

it('shows it where the browser does not let it be copied', async () => {
  stubClipboard(false)
  startViewers({ ...fakeBridge().bridge, makeViewerAddress: async () => ADDRESS })
  await copyViewerAddress()
  expect(notices()).toEqual([expect.stringMatching(/token=1 .*could not be copied/)])
})

it('says why there is none', async () => {
  startViewers({
    ...fakeBridge().bridge,
    makeViewerAddress: () => Promise.reject(new Error('The engine is not connected.')),
  })
  await copyViewerAddress()
  expect(notices()).toEqual([
    'error: There is no address for viewers. The engine is not connected.',
  ])
})

it('says how to serve browsers where only a window is served', async () => {
  startViewers(fakeBridge().bridge)
  expect(servesViewers()).toBe(false)
  await copyViewerAddress()
  expect(notices()).toEqual([expect.stringContaining('npm start -- --web')])
})
