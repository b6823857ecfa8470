// The format of the list of licences, and the acceptable ones.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../lib/project.mjs'

/** Licences that only demand to be passed on with the program. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
]

/** The project has the MIT licence as well: the same text with another copyright line. */
const mit = (copyright) =>
  readFileSync(join(ROOT, 'LICENSE'), 'utf8').replace(/^Copyright .*$/m, copyright)

/**
 * Packages that name their licence but lack its text; the copyright line is from their repository.
 */
export const MISSING_TEXTS = {
  'qrcode-generator': mit('Copyright (c) 2009 Kazuhiko Arase'),
  'react-remove-scroll-bar': mit('Copyright (c) 2025 Anton Korzunov <thekashey@gmail.com>'),
}

/** Returns sentences about what a person must settle before these packages can be shipped. */
export function findProblems(packages) {
  return packages.flatMap(({ name, version, identifier, text }) => [
    ...(ALLOWED.includes(identifier)
      ? []
      : [`${name} ${version} is under "${identifier}", which nobody has looked at yet.`]),
    ...(text ? [] : [`${name} ${version} comes without the text of its licence.`]),
  ])
}

/** All packages, then each text once, under the packages that share it. */
export function toMarkdown(packages) {
  const byText = new Map()
  for (const { name, text } of packages) byText.set(text, (byText.get(text) ?? new Set()).add(name))
  const texts = [...byText].map(
    ([text, names]) => `## ${[...names].join(', ')}\n\n\`\`\`text\n${text}\n\`\`\`\n`,
  )
  const lines = packages.map(
    ({ name, version, identifier }) => `- ${name} ${version}: ${identifier}`,
  )
  return `# Licences of what Roundabout is made with

Written by \`npm run licenses\` from what the build bundles. Electron and Chromium bring their own beside it.

${lines.join('\n')}

${texts.join('\n')}`
}
