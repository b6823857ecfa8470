// Looks for the mistakes that make an Electron app unsafe; each finding needs a reason in electron-security/explained.mjs.
import { join } from 'node:path'
import { compare, EXPLAINED } from './electron-security/explained.mjs'
import { scan, sourcesIn } from './electron-security/scan.mjs'
import { giveUp, ROOT, readJson } from './lib/project.mjs'

const { electron } = readJson(join(ROOT, 'package.json')).devDependencies
const sources = sourcesIn(join(ROOT, 'src'))
const problems = compare(await scan(sources, electron), EXPLAINED)
if (problems.length > 0) giveUp(`Electron's safety:\n${problems.join('\n')}`)
console.log(`✔ ${sources.length} sources: ${EXPLAINED.length} findings, each explained`)
