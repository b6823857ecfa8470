// The oldest supported Node, from package.json.
import { join } from 'node:path'
import { giveUp, ROOT, readJson } from './project.mjs'

export function checkNodeVersion() {
  const wanted = readJson(join(ROOT, 'package.json')).engines.node.replace('>=', '')
  if (isAtLeast(process.versions.node, wanted)) return
  giveUp(
    `Roundabout needs Node ${wanted} or newer; this is ${process.versions.node}. ` +
      'A newer one is at https://nodejs.org/.',
  )
}

/** Compares versions of numbers and dots; missing numbers at the end count as 0. */
export function isAtLeast(version, wanted) {
  const [have, need] = [version, wanted].map((text) => text.split('.').map(Number))
  for (let part = 0; part < Math.max(have.length, need.length); part++) {
    const difference = (have[part] ?? 0) - (need[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
