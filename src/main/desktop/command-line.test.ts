import { expect, it } from 'vitest'
import { commandIn } from './command-line'

it.each([
  [['proxy', '-port', '2100'], true],
  [['help'], true],
  [['prox'], true],
  [[], false],
  [['--help'], false],
  [['--lang=de', 'proxy'], false],
  [['/home/ada/lesson.roundabout'], false],
  [['lesson.roundabout'], false],
  [['C:\\lesson.roundabout'], false],
  [['-psn_0_1'], false],
])('%j is a command: %s', (args, is) => {
  expect(commandIn(args)).toEqual(is ? args : undefined)
})

it('of root has the switch that Electron asks for', () => {
  expect(commandIn(['--no-sandbox', 'run', 'x'])).toEqual(['run', 'x'])
  expect(commandIn(['run', 'x', '--no-sandbox'])).toEqual(['run', 'x'])
  expect(commandIn(['--no-sandbox'])).toBeUndefined()
})
