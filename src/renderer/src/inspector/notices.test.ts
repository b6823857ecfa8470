import { expect, it } from 'vitest'
import { DIAGNOSES } from '../../../shared/diagnosis/doctor/registry'
import { foldedNotices } from './notices'

it('equal warnings are one notice with their number, the newest first', () => {
  const line = (at: number, text: string, level: 'info' | 'error' = 'error') => ({
    at,
    level,
    text,
  })
  const lines = [line(1, 'a'), line(2, 'b'), line(3, 'a'), line(4, 'c', 'info'), line(5, 'a')]
  expect(foldedNotices(lines, [])).toEqual([
    { at: 5, text: 'a', times: 3 },
    { at: 2, text: 'b', times: 1 },
  ])
})

it('leaves out what the socket doctor explains', () => {
  const text = 'Server 7 closed the connection without an answer.'
  const lines = [
    { at: 1, level: 'warning', text },
    { at: 2, level: 'warning', text: 'Server 7 has registered again.' },
    { at: 3, level: 'warning', text },
    { at: 5, level: 'warning', text },
    { at: 6, level: 'warning', text: 'Another.' },
  ] as const
  const diagnosis = DIAGNOSES.find(({ id }) => id === 'closes-without-answer')
  if (diagnosis === undefined) throw new Error('There is no such diagnosis.')
  const symptom = { diagnosis: diagnosis.id, times: 2, since: 3, at: 5, seen: '', sent: 0 }
  expect(foldedNotices(lines, [{ diagnosis, symptom }]).map(({ at }) => at)).toEqual([6, 2, 1])
})
