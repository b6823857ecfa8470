// docs/socket-doctor.md, made from the registry.
import type { Diagnosis, Gravity } from './diagnosis'
import { DIAGNOSES, GRAVITIES } from './registry'

const BEGINNING = `# Socket doctor

While a program of yours takes part, a server or a client in any language, the proxy looks at what it does on its sockets, and says what
is odd about it, why it is so, and how to mend it, with the bytes. The findings stand in the inspector of its node, the gravest first, and
on a terminal:

\`\`\`sh
node bin/roundabout.mjs proxy -port 2100 --doctor          # each finding once, and a list below the table of servers
node bin/roundabout.mjs proxy -port 2100 --doctor --json   # a line of JSON for each: {"type":"diagnosis","node":…,"id":…}
\`\`\`

A finding comes from the events of the lab, so it is there in the past and in recordings too. It says how often it was seen, when it was
seen last, and how many messages came since then without it. The findings of a server end when it registers again over a new connection,
as a program does that was started again. Programs of the lab itself are never looked at; a program whose link has a fault, or whose
message somebody has changed by hand, is not judged by what follows from that. Nor is a program that closes a connection on which the lab
held something, or while the lab was paused or slow. The proxy's time limits on programs outside count real time: in a lab that runs
ten times as fast, a program has no less of it to listen and to answer.

What cannot be seen from outside: which bytes a program has read, the calls that failed in it, and who ended it: an exception or
Ctrl+C. A client that leaves more than a second after the last byte, and on Linux a server on this machine on whose port nobody
listens any more after it has broken a connection off, are not blamed for it. Whether a program listens on another
port than it registered is found out on Linux only, for a program on this machine that still has the connection open that it registered
on. Of a program's messages the first 32 are looked at, and then one of 64.

The list is made from the program (\`vitest -u\` writes this page). For each diagnosis \`tests/interop/ill-programs.ts\` has a program
that has this illness and nothing else.
`

export function doctorDocument(): string {
  const parts = [BEGINNING]
  for (const gravity of Object.keys(GRAVITIES) as Gravity[]) {
    parts.push(`## ${GRAVITIES[gravity]}\n`)
    for (const diagnosis of DIAGNOSES) {
      if (diagnosis.gravity === gravity) parts.push(partOf(diagnosis))
    }
  }
  return parts.join('\n')
}

function partOf({ id, title, why, mend, python, node }: Diagnosis): string {
  const code = [
    ...(python === undefined ? [] : [`\`\`\`python\n${python}\n\`\`\`\n`]),
    ...(node === undefined ? [] : [`\`\`\`node\n${node}\n\`\`\`\n`]),
  ]
  return [`### ${title} (\`${id}\`)\n`, `${why}\n`, `**To mend it:** ${mend}\n`, ...code].join('\n')
}
