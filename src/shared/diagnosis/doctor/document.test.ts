// Also writes the document: vitest -u.
import { expect, it } from 'vitest'
import { doctorDocument } from './document'
import { DIAGNOSES, GRAVITIES } from './registry'

it('the document is made from the diagnoses', async () => {
  await expect(doctorDocument()).toMatchFileSnapshot('../../../../docs/socket-doctor.md')
})

it('each diagnosis has an id of its own, and stands among those of its gravity', () => {
  const ids = DIAGNOSES.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const order = Object.keys(GRAVITIES)
  const places = DIAGNOSES.map(({ gravity }) => order.indexOf(gravity))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

it('what a diagnosis covers is there', () => {
  const ids = new Set(DIAGNOSES.map(({ id }) => id))
  for (const { covers = [], id } of DIAGNOSES) {
    for (const covered of covers) expect([id, ids.has(covered)]).toEqual([id, true])
    expect(covers).not.toContain(id)
  }
})
