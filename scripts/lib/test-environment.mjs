// The environment of the tests, which start hundreds of programs in Node and Python: without what makes each start slow.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/**
 * Node reads the certificates of NODE_EXTRA_CA_CERTS at each start, which takes twice as long as the rest of it; no test asks
 * a server on the network. A version manager's `python3` is a script that looks for Python, ten times as long as Python takes.
 */
export function testEnvironment(environment = process.env) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = environment
  if (process.platform === 'win32' || rest.PATH === undefined) return rest
  return { ...rest, PATH: pathToPython(rest.PATH, pythonOf(rest)) }
}

/** The PATH with the folder of Python itself in the place of the one in which a script stands for it. */
export function pathToPython(path, python) {
  const folders = path.split(delimiter)
  const first = folders.findIndex((folder) => isExecutable(join(folder, 'python3')))
  if (python === undefined || first === -1) return path
  const isPython = realpathSync(join(folders[first], 'python3')) === realpathSync(python)
  return isPython ? path : folders.toSpliced(first, 1, dirname(python)).join(delimiter)
}

/** The file that runs as `python3`. */
function pythonOf(env) {
  const asked = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    env,
    encoding: 'utf8',
  })
  return asked.status === 0 ? asked.stdout.trim() || undefined : undefined
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
