// The command line of `npm run package`.

export const USAGE = `npm run package [-- options]

  --dir            only the folder of the app, no packages
  --targets A,B    only these packages, e.g. deb,tar.gz
  --arch A,B       for these architectures: x64, arm64; on macOS also universal
  --output FOLDER  where to put them (dist)
  --fast           hardly compressed, to try them out
`

/** The default packages of each system. */
const SYSTEMS = {
  linux: { targets: ['deb', 'rpm', 'AppImage', 'tar.gz'], arches: ['x64', 'arm64'] },
  win32: { targets: ['nsis', 'zip'], arches: ['x64', 'arm64'] },
  darwin: { targets: ['dmg', 'zip'], arches: ['universal'], moreArches: ['x64', 'arm64'] },
}

/**
 * Returns `help`, `error`, or `run` with `targets`, `arches`, `output`, `fast`, and `named`:
 * whether targets or architectures were asked for by name, which makes leaving one out a failure.
 */
export function readOptions(args, platform) {
  const system = SYSTEMS[platform]
  if (system === undefined) return error(`No packages are made on ${platform}.`)
  const chosen = { dir: false, fast: false }
  const words = [...args]
  while (words.length > 0) {
    const [name, inline] = splitOnce(words.shift())
    switch (name) {
      case '--help':
      case '-h':
        return { kind: 'help' }
      case '--dir':
      case '--fast':
        if (inline !== undefined) return error(`${name} takes no value.`)
        chosen[name.slice(2)] = true
        break
      case '--targets':
      case '--arch':
      case '--output': {
        const value = inline ?? words.shift()
        if (!value || value.startsWith('--')) return error(`${name} needs a value.`)
        chosen[name.slice(2)] = value
        break
      }
      default:
        return error(`Unknown option "${name}".`)
    }
  }
  if (chosen.dir && chosen.targets) return error('Choose --dir or --targets, not both.')
  // A folder alone is for running the app here.
  const targets = chosen.dir ? [] : (chosen.targets?.split(',') ?? system.targets)
  const arches = chosen.arch?.split(',') ?? (chosen.dir ? [process.arch] : system.arches)
  const problem =
    unknown('package', targets, system.targets) ??
    unknown('architecture', arches, [...system.arches, ...(system.moreArches ?? [])])
  if (problem) return error(problem)
  return {
    kind: 'run',
    targets,
    arches,
    output: chosen.output,
    fast: chosen.fast,
    named: {
      targets: chosen.targets !== undefined,
      arches: chosen.dir || chosen.arch !== undefined,
    },
  }
}

function splitOnce(word) {
  const equals = word.indexOf('=')
  return equals === -1 ? [word] : [word.slice(0, equals), word.slice(equals + 1)]
}

function unknown(kind, names, known) {
  const name = names.find((candidate) => !known.includes(candidate))
  if (name === undefined) return undefined
  return `There is no ${kind} "${name}" on this system. There are: ${known.join(', ')}.`
}

const error = (text) => ({ kind: 'error', error: text })
