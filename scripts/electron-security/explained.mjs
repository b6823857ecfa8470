// The accepted findings, each with its reason. `npm run lint` fails on any other finding, and on an
// entry here that no longer matches one.

export const EXPLAINED = [
  {
    rule: 'CSP_GLOBAL_CHECK',
    file: 'N/A',
    reason:
      'The policy is a header (src/shared/page-headers.ts), which covers workers too; only a policy in the page is looked for.',
  },
  {
    rule: 'CUSTOM_ARGUMENTS_JS_CHECK',
    file: 'main/desktop/lockdown.ts',
    reason: 'The switch takes something away: Chromium resolves no name and dials no address.',
  },
  {
    rule: 'AUXCLICK_JS_CHECK',
    file: 'main/desktop/window.ts',
    reason:
      'A middle click opens no window: every new window is denied (src/main/desktop/page-guard.ts).',
  },
  {
    rule: 'PRELOAD_JS_CHECK',
    file: 'main/desktop/window.ts',
    reason:
      'The preload script is sandboxed and exposes the contract and no more; lint keeps its imports to that.',
  },
]

/** Returns a sentence for each finding without a reason, and for each reason without a finding. */
export function compare(findings, explained) {
  const isSame = (one, other) => one.rule === other.rule && one.file === other.file
  const unexplained = findings
    .filter((finding) => !explained.some((entry) => isSame(entry, finding)))
    .map(({ rule, file, line, sample }) => `${rule} in ${file}:${line}: ${sample ?? ''}`)
  const outdated = explained
    .filter((entry) => !findings.some((finding) => isSame(entry, finding)))
    .map(({ rule, file }) => `${rule} in ${file} is explained, but is found no longer.`)
  return [...unexplained, ...outdated]
}
