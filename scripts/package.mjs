// npm run package: builds what is missing and makes the packages for the system that it runs on, into dist/.
import { statSync } from 'node:fs'
import { basename, relative, resolve } from 'node:path'
import { ensureBuild } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { giveUp, ROOT } from './lib/project.mjs'
import { readOptions, USAGE } from './package/options.mjs'

checkNodeVersion()
const options = readOptions(process.argv.slice(2), process.platform)
if (options.kind === 'help') {
  process.stdout.write(USAGE)
} else if (options.kind === 'error') {
  giveUp(`${options.error}\n\n${USAGE}`)
} else {
  await ensureDependencies()
  await ensureBuild()
  process.exitCode = await run(options)
}

/** Returns the exit code. */
async function run(options) {
  // Imported late: these modules import what may just have been installed.
  const [{ makeAll }, { writeChecksums }, { DIST }, { Skips }, signing, sizes] = await Promise.all([
    import('./package/make.mjs'),
    import('./package/checksums.mjs'),
    import('./package/folders.mjs'),
    import('./package/skips.mjs'),
    import('./package/signing.mjs'),
    import('./package/sizes.mjs'),
  ])
  const output = options.output ? resolve(options.output) : DIST
  const skips = new Skips()
  const { files, folders } = await makeAll({ ...options, output, skips })
  const lists = files.length > 0 ? [await writeChecksums(output, files)] : []

  for (const folder of folders) {
    print(`\n${relative(ROOT, folder)}`, ...sizes.formatParts(sizes.listParts(folder)))
  }
  print('', ...[...files, ...lists].map((file) => line(file, sizes.formatBytes)))
  const note = folders.length > 0 ? signing.unsignedNote(process.platform) : undefined
  print(...(note ? [note] : []), ...skips.lines)
  return skips.exitCode
}

function line(file, format) {
  return `  ${format(statSync(file).size).padStart(9)}  ${basename(file)}`
}

function print(...lines) {
  for (const text of lines) console.log(text)
}
