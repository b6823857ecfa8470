// The tar.gz: the app's folder, to be unpacked anywhere. It cannot contain a setuid program, so the
// sandbox needs user namespaces.
import { spawnSync } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { NAME, packageFile, VERSION } from '../product.mjs'

export const TARBALL_TOOLS = ['tar', 'gzip']

export function makeTarball({ folder, output, arch, fast }) {
  const file = join(output, packageFile('linux', arch, 'tar.gz'))
  const args = [
    ...['--create', '--file', file, '--use-compress-program', fast ? 'gzip -1' : 'gzip -6'],
    ...['--owner=0', '--group=0', '--numeric-owner', '--sort=name', '--mode=u=rwX,go=rX'],
    ...['--transform', `s,^${basename(folder)},${NAME}-${VERSION},`],
    ...['--directory', dirname(folder), basename(folder)],
  ]
  const { status, stderr, error } = spawnSync('tar', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`tar failed: ${error?.message ?? stderr}`)
  return [file]
}
