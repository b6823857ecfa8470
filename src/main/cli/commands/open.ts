// `roundabout open FILE…`: the app, with these files.
import { resolve } from 'node:path'
import { defineCommand } from '../command'

const MOST_FILES = 100

export const openFilesCommand = defineCommand({
  name: 'open',
  summary: 'Opens recordings and scenarios in the app',
  words: { shown: '[FILE…]', min: 0, max: MOST_FILES },
  options: {},
  examples: [
    ['roundabout open lab.roundabout-scenario', 'The app begins with this scenario.'],
    ['roundabout open', 'The app alone.'],
  ],
  run: ({ words }, io) => io.openApp(words.map((word) => resolve(word))),
})
