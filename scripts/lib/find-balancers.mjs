// Finds the real nginx and HAProxy to compare with: named ones, or the system's. Otherwise installs Debian's.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall, canAptInstall } from './debian.mjs'
import { say } from './project.mjs'

const PACKAGES = ['nginx', 'libnginx-mod-stream', 'libnginx-mod-stream-js', 'haproxy']
/** Debian has them where the path of a person does not lead. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin']
const STREAM_MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so'
/** Only exported configurations need it. */
const NJS_MODULE = '/usr/lib/nginx/modules/ngx_stream_js_module.so'

/** Returns `{ nginx, haproxy }`, paths, and `{ problem }`, where something was not found: the end of a sentence that says what. */
export async function ensureBalancers() {
  const found = systemBalancers(process.env)
  if (found.nginx && found.haproxy && found.hasNjs) return found
  if (canAptInstall()) {
    say("nginx, its njs or HAProxy is not here: installing Debian's…")
    await aptInstall(...PACKAGES)
  }
  const now = systemBalancers(process.env)
  const missing = [
    !now.nginx && 'nginx with its stream module',
    !now.hasNjs && 'njs for nginx',
    !now.haproxy && 'HAProxy',
  ]
  const names = missing.filter(Boolean).join(' and ')
  return names === '' ? now : { ...now, problem: `no ${names} was found and could be installed` }
}

/** The installed programs, as far as there are any. nginx counts with its stream module only. */
export function systemBalancers(env, exists = existsSync) {
  const folders = [...(env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS]
  const first = (name) => folders.map((folder) => join(folder, name)).find((path) => exists(path))
  return {
    nginx: exists(STREAM_MODULE) ? first('nginx') : undefined,
    hasNjs: exists(NJS_MODULE),
    haproxy: first('haproxy'),
  }
}
