import { expect, it } from 'vitest'
import { useUi } from './ui'

it('shows one hint at a time beside the errors, and logs them all', () => {
  const { notify, dismiss } = useUi.getState()
  const shown = () => useUi.getState().notices.map(({ text }) => text)
  notify('info', 'Add a client first.')
  notify('error', 'lab.roundabout was not opened.')
  notify('info', 'Nothing is in flight.')
  expect(shown()).toEqual(['lab.roundabout was not opened.', 'Nothing is in flight.'])
  for (const { id } of useUi.getState().notices) dismiss(id)
  expect(shown()).toEqual([])
  expect(useUi.getState().noticeLog.map(({ text }) => text)).toEqual([
    'Nothing is in flight.',
    'lab.roundabout was not opened.',
    'Add a client first.',
  ])
})
