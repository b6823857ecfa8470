// The contents of the packages, and their metadata.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'
import { describe, expect, inject, it } from 'vitest'
import { appProgram } from '../../scripts/package/folders.mjs'
import { checkFuses, fusesFor } from '../../scripts/package/fuses.mjs'
import { listParts } from '../../scripts/package/sizes.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const { folder, deb, rpm, tarball, checksums, output } = inject('packages')
const asar = join(folder, 'resources/app.asar')
const archived = listPackage(asar, { isPack: false })

/** A byte of the fuse wire in the binary. */
const FUSE_ON = '1'.charCodeAt(0)

describe('the app folder', () => {
  it('has just what runs in its archive', () => {
    const folders = new Set(archived.map((path) => dirname(path)))
    const files = archived.filter((path) => !folders.has(path))
    const kinds = new Set(
      files
        .filter((path) => !path.startsWith('/resources/lesson'))
        .map((path) => path.replace(/[^/]+-[\w-]{8}([.]\w+)$/, '*$1')),
    )
    expect([...kinds].sort()).toEqual([
      '/out/main/chunks/*.cjs',
      '/out/main/compare-lab.cjs',
      '/out/main/index.cjs',
      '/out/main/packaged-cli.cjs',
      '/out/main/read-lesson.cjs',
      '/out/preload/index.cjs',
      '/out/renderer/assets/*.css',
      '/out/renderer/assets/*.js',
      '/out/renderer/assets/*.svg',
      '/out/renderer/index.html',
      '/out/renderer/room.html',
      '/package.json',
      '/resources/icon.png',
    ])
    expect(
      files.filter((path) => /[.]map$|[.]tsx?$|test|node_modules|headless/.test(path)),
    ).toEqual([])
  })

  it('has the lessons, and the one that an author begins with', () => {
    const texts = archived.filter((path) => path.endsWith('/lesson.md'))
    const lessons = readdirSync(join(ROOT, 'resources/lessons'))
    expect(texts.sort()).toEqual(
      ['lesson-template', ...lessons.map((name) => `lessons/${name}`)]
        .map((name) => `/resources/${name}/lesson.md`)
        .sort(),
    )
    const program = join(folder, 'roundabout')
    const { stdout } = spawnSync(program, ['--no-sandbox', 'lesson', 'list'], { encoding: 'utf8' })
    expect(stdout.trimEnd().split('\n')).toHaveLength(lessons.length)
  })

  it('has a manifest without scripts and dependencies', () => {
    const manifest = JSON.parse(extractFile(asar, 'package.json').toString())
    const { name, version, license, main } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    )
    expect(manifest).toMatchObject({ name, version, license, main })
    expect(Object.keys(manifest)).not.toContain('scripts')
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([])
  })

  it('has the licences beside it, one language, and nothing of Electron’s own app', () => {
    expect(readdirSync(join(folder, 'locales'))).toEqual(['en-US.pak'])
    expect(readdirSync(join(folder, 'resources')).sort()).toEqual(['app.asar', 'licenses'])
    expect(readFileSync(join(folder, 'resources/licenses/LICENSE'), 'utf8')).toContain(
      'MIT License',
    )
    const top = readdirSync(folder)
    expect(top).toEqual(expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']))
    expect(top).not.toContain('version')
  })

  it('is the sum of its parts, which the command prints', () => {
    const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0)
    const parts = listParts(folder)
    expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes)
    expect(parts.map(({ name }) => name)).not.toContain('other')
    for (const { name } of parts) expect(output).toContain(`  ${name}\n`)
  })
})

describe('the fuses', () => {
  const stateOf = async (program: string) => {
    const wire = await getCurrentFuseWire(program)
    const names = Object.keys(fusesFor('999'))
    const states = names.map((name) => {
      const key = `${name[0]?.toUpperCase()}${name.slice(1)}` as keyof typeof FuseV1Options
      return [name, wire[FuseV1Options[key]] as number | undefined] as const
    })
    // A fuse that this Electron does not have yet has no byte.
    return Object.fromEntries(
      states
        .filter(([, state]) => state !== undefined)
        .map(([name, state]) => [name, state === FUSE_ON]),
    )
  }

  it('are in the binary as they are meant to be', async () => {
    const states = await stateOf(appProgram(folder))
    const wanted = fusesFor('999')
    expect(Object.keys(states).length).toBeGreaterThanOrEqual(6)
    expect(states).toEqual(
      Object.fromEntries(Object.keys(states).map((name) => [name, wanted[name]])),
    )
  })

  it('are read from the binary: the other way round, they read the other way round', async () => {
    const copies = mkdtempSync(join(tmpdir(), 'roundabout-fuses-'))
    try {
      const program = join(copies, 'roundabout')
      cpSync(appProgram(folder), program)
      await flipFuses(program, {
        version: FuseVersion.V1,
        [FuseV1Options.RunAsNode]: true,
        [FuseV1Options.OnlyLoadAppFromAsar]: false,
      })
      expect(await stateOf(program)).toMatchObject({
        runAsNode: true,
        enableNodeOptionsEnvironmentVariable: false,
        onlyLoadAppFromAsar: false,
      })
      await expect(checkFuses(program, '25.1.1')).rejects.toThrow('The fuse "runAsNode" is not off')
    } finally {
      rmSync(copies, { recursive: true })
    }
  })
})

describe('the packages', () => {
  it('have the checksums that the list says', () => {
    const checked = execFileSync('sha256sum', ['--check', checksums], {
      cwd: dirname(checksums),
      encoding: 'utf8',
    })
    for (const file of [deb, rpm, tarball]) expect(checked).toContain(`${basename(file)}: OK`)
  })

  it('hold the same files, whichever package manager they are for', () => {
    const inRpm = lines('rpm', '--query', '--list', '--package', rpm)
    const inDeb = lines('dpkg-deb', '--fsys-tarfile', deb, '|', 'tar', 'tf', '-')
    const files = inDeb.map((path) => path.replace(/^[.]/, '').replace(/\/$/, ''))
    // An rpm does not list the system's folders.
    expect(inRpm.filter((path) => !files.includes(path))).toEqual([])
    expect(
      files.filter((path) => path.startsWith('/usr/lib/roundabout') && !inRpm.includes(path)),
    ).toEqual([])
    expect(inRpm).toEqual(
      expect.arrayContaining([
        '/usr/bin/roundabout',
        '/usr/lib/roundabout/roundabout',
        '/usr/lib/roundabout/chrome-sandbox',
        '/usr/share/applications/roundabout.desktop',
        '/usr/share/mime/packages/roundabout.xml',
        '/usr/share/doc/roundabout/copyright',
        '/usr/share/icons/hicolor/scalable/apps/roundabout.svg',
        '/usr/share/icons/hicolor/256x256/apps/roundabout.png',
        '/usr/share/icons/hicolor/256x256/mimetypes/application-x-roundabout-recording.png',
        '/usr/share/icons/hicolor/256x256/mimetypes/application-x-roundabout-scenario+json.png',
        '/usr/share/icons/hicolor/256x256/mimetypes/application-x-roundabout-lesson+zip.png',
      ]),
    )
  })

  it('give root the sandbox’s helper, with its right to set namespaces up', () => {
    const inDeb = lines('dpkg-deb', '--contents', deb).find((line) =>
      line.endsWith('/chrome-sandbox'),
    )
    expect(inDeb).toMatch(/^-rwsr-xr-x root\/root /)
    const query = '[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES}\\n]'
    const inRpm = lines('rpm', '--query', '--package', '--queryformat', query, rpm)
    expect(inRpm).toContain('-rwsr-xr-x root /usr/lib/roundabout/chrome-sandbox')
  })

  it('need no right of root’s as a tar.gz', () => {
    const entries = lines('tar', 'tvf', tarball)
    expect(entries.filter((line) => /^-..s/.test(line))).toEqual([])
    expect(
      entries.every((line) => line.includes(' 0/0 ') && / roundabout-[\d.]+\//.test(line)),
    ).toBe(true)
  })

  it('say what they are', () => {
    const control = lines('dpkg-deb', '--field', deb).join('\n')
    expect(control).toMatch(/^Section: education$/m)
    expect(control).toMatch(/^Description: Desktop lab that shows a real reverse proxy at work$/m)
    expect(control).toMatch(/^Depends: .*libgtk-3-0/m)
    const query = '%{LICENSE}|%{SUMMARY}|%{GROUP}|%{ARCH}'
    expect(lines('rpm', '--query', '--package', '--queryformat', query, rpm).join('')).toMatch(
      /^MIT\|Desktop lab that shows a real reverse proxy at work\|Education\|(x86_64|aarch64)$/,
    )
    expect(lines('rpm', '--query', '--package', '--scripts', rpm).join('\n')).toMatch(
      /preuninstall scriptlet[\s\S]*kill -TERM/,
    )
  })

  it('depend on every library that the program is linked with', () => {
    const packages = closure(dependenciesOf(lines('dpkg-deb', '--field', deb, 'Depends').join('')))
    const libraries = librariesOf(appProgram(folder))
    const owners = ownersOf(libraries)
    const missing = libraries.filter((library) => {
      const names = owners.get(library.replace(/^\/usr/, '')) ?? []
      return !names.some((name) => packages.has(name))
    })
    expect(libraries.length).toBeGreaterThan(20)
    expect(missing).toEqual([])
  })
})

/** Returns a command's output by lines; `|` pipes into another command. */
function lines(...command: string[]): string[] {
  const script = command.map((word) => (word === '|' ? word : `'${word}'`)).join(' ')
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
    .split('\n')
    .filter(Boolean)
}

/** Returns the libraries outside the package that the system's loader resolves for a file. */
function librariesOf(program: string): string[] {
  return lines('ldd', program)
    .flatMap((line) => line.match(/=> (\/\S+)/)?.[1] ?? [])
    .filter((path) => !path.startsWith(folder))
}

/**
 * Returns the packages that own each file. /lib is now a part of /usr, and dpkg's lists may contain
 * either.
 */
function ownersOf(files: readonly string[]): Map<string, string[]> {
  const paths = files.flatMap((path) => [path, path.replace(/^\/usr/, ''), `/usr${path}`])
  // It fails for files that no package owns.
  const { stdout } = spawnSync('dpkg-query', ['--search', ...new Set(paths)], { encoding: 'utf8' })
  const owners = new Map<string, string[]>()
  for (const line of stdout.split('\n')) {
    const [, names = '', path = ''] = line.match(/^(.*?): (\/.*)$/) ?? []
    owners.set(
      path.replace(/^\/usr/, ''),
      names.split(/, */).map((name) => name.replace(/:.*/, '')),
    )
  }
  return owners
}

/** All alternatives, without versions. */
function dependenciesOf(field: string): string[] {
  return field
    .split(/[,|]/)
    .map((text) => text.trim().replace(/[ :(].*/, ''))
    .filter(Boolean)
}

/** dpkg's own format string: a package's name, then everything that it depends on. */
const WITH_DEPENDENCIES = ['{Package} ', '{Pre-Depends}, ', '{Depends}\\n'].map(
  (field) => `$${field}`,
)

/** With the dependencies of the dependencies, as far as they are installed here. */
function closure(names: readonly string[]): ReadonlySet<string> {
  const all = new Map(
    lines('dpkg-query', '--show', '--showformat', WITH_DEPENDENCIES.join('')).map((line) => {
      const [name = '', ...rest] = line.split(' ')
      return [name, dependenciesOf(rest.join(' '))]
    }),
  )
  const found = new Set<string>()
  const add = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    for (const next of all.get(name) ?? []) add(next)
  }
  for (const name of names) add(name)
  return found
}
