// The contents of the packages: the built app and the files that it reads, without anything that
// only building and testing need.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { ROOT, readJson } from '../lib/project.mjs'
import { AUTHORS } from './product.mjs'

const MAIN = 'out/main'
/** Those that ship, and the one that an author begins with. */
const LESSONS = ['resources/lessons', 'resources/lesson-template']
const REQUIRED = /require\(["'`]([.]{1,2}\/[^"'`]+)["'`]\)/g

/** Copies the runnable app into `folder`, which becomes app.asar unchanged. */
export function gatherApp(folder) {
  const files = [
    ...mainFiles(),
    ...filesUnder('out/preload'),
    ...filesUnder('out/renderer'),
    ...LESSONS.flatMap(filesUnder),
    ...readAtRunTime(),
  ]
  for (const file of files.filter((name) => !name.endsWith('.map'))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(ROOT, file), join(folder, file))
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
}

/**
 * Files beside app.asar, where people can read them: `[from, to]`, the second in the folder of
 * resources.
 */
export function licenceFiles() {
  const folder = 'resources/licenses'
  return [
    ['LICENSE', 'licenses/LICENSE'],
    ...(existsSync(join(ROOT, folder)) ? [[folder, 'licenses']] : []),
  ]
}

/** The fields that Electron reads; the bundles contain everything that the app imports. */
function manifest() {
  const { name, productName, version, description, license, type, main } = readJson(
    join(ROOT, 'package.json'),
  )
  // The desktop entry of this window: the name becomes WM_CLASS and Wayland's app id.
  const desktopName = `${name}.desktop`
  return {
    name,
    productName,
    version,
    description,
    license,
    author: AUTHORS,
    type,
    main,
    desktopName,
  }
}

/** The window's own icon, which only Linux reads from a file. */
function readAtRunTime() {
  return ['resources/icon.png', 'resources/icons/256x256.png'].filter((file) => {
    const used = mainFiles().some((name) => readFileSync(join(ROOT, name), 'utf8').includes(file))
    return used && existsSync(join(ROOT, file))
  })
}

/** All but the entries of the clone, the headless host's and the command line's, and the files that only those need. */
function mainFiles() {
  const packaged = ['index.cjs', 'packaged-cli.cjs'].map((name) => `${MAIN}/${name}`)
  const needed = new Set(packaged.flatMap((file) => [...requiredBy(file)]))
  const clones = ['headless.cjs', 'roundabout.cjs'].map((name) => `${MAIN}/${name}`)
  const left = clones.flatMap((file) => [...requiredBy(file)]).filter((file) => !needed.has(file))
  return filesUnder(MAIN).filter((file) => !left.includes(file))
}

/** The file and everything that it requires, recursively. */
function requiredBy(file, found = new Set()) {
  if (found.has(file) || !existsSync(join(ROOT, file))) return found
  found.add(file)
  for (const [, path] of readFileSync(join(ROOT, file), 'utf8').matchAll(REQUIRED)) {
    requiredBy(posix(relative(ROOT, resolve(ROOT, dirname(file), path))), found)
  }
  return found
}

function filesUnder(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix(relative(ROOT, join(entry.parentPath, entry.name))))
}

const posix = (path) => path.split(sep).join('/')
