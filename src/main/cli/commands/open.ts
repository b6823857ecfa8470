// `roundabout open FILE…`: the app, with these files.
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { defineCommand } from '../command'
import { readFault } from '../file-fault'

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
  async run({ words }, io) {
    for (const word of words) {
      await access(word).catch((error: unknown) => {
        throw new Error(`${word} cannot be opened: ${readFault(error)}`)
      })
    }
    return io.openApp(words.map((word) => resolve(word)))
  },
})
