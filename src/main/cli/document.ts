// docs/command-line.md, made of the help. A test keeps the file as it is made here.
import type { CliCommand } from './command'
import { commandHelp } from './help'

const HEAD = `# The command line

In the clone: \`node bin/roundabout.mjs COMMAND\`, or \`npm run --silent roundabout -- COMMAND\`; it builds what is missing.
After installing a package: \`roundabout COMMAND\`, also without a display (as root with \`--no-sandbox\`). The examples say
\`roundabout\` for each.

- Options have one dash, as in the homework, or two. A value follows a space or an equals sign; a value that is spelled like an option
  follows an equals sign.
- What is wrong is one sentence on standard error, and the exit status is 2.
- Colour only on a terminal, and not with \`NO_COLOR\`. Ctrl+C, or a signal to end, closes every socket first.
- A feature's settings, such as \`--work\`, are \`on\`, \`off\`, or some of its settings: \`ms=50,distribution=exponential\`. They are those of
  [scenario files](scenario-files.md). In \`--policy\` and \`--server\`, where several settings follow one another, a dot leads into a feature:
  \`--policy 111:algorithm=hash,queue.max=50\`.
- \`--json\` of \`proxy\`, \`server\`, \`client\`, \`record\` and \`replay\` prints each event as a line. Its \`type\` says what it is, \`seq\` numbers it from 1,
  \`at\` is its time in ms; \`text\` has a message's bytes. A message that comes from an outside program, or goes to one, and that nothing holds is
  one event, \`packet.carried\`, in place of \`packet.sent\`, \`packet.read\` and \`packet.delivered\`.
- \`run --json\` prints one line: \`scenario\`, \`seed\`, \`simulatedMs\`, \`messages\` (\`sent\`, \`answered\`, \`refused\`, \`lost\`; a wrong hash counts as
  lost), \`latencyMs\` (\`p50\`, \`p90\`, \`p99\`, \`max\`, by the nearest rank, null without an answer), \`policies\` by id (\`algorithm\`, with
  \`--decisions\` also \`decisions\`, \`servers\` by id with \`chosen\`, \`served\`, \`failed\`), and \`compare\` with the same of each compared lab.
- \`check --json\` prints the line of \`--format json\` ([homework-check.md](homework-check.md)).
- \`lesson list --json\` prints a line for each lesson (\`id\`, \`title\`, \`summary\`, \`minutes\`, \`misbelief\` or null, \`steps\`), \`lesson lint --json\` one for
  each PATH: \`path\`, \`id\` (null if it has mistakes), \`problems\` (\`file\`, \`line\`, 0 for the whole file, \`problem\`, \`isWarning\`).
- \`export --json\` prints one line: \`target\`, \`tested\` (with what, or null), \`differences\` (sentences), \`files\` (\`name\`, \`text\`).
- \`examples/classic.sh\` and \`examples/classic.ps1\` play the whole homework. [many-machines.md](many-machines.md) is about more than one
  machine.
`

export function commandLineDocument(commands: readonly CliCommand[]): string {
  const parts = commands.map((command) => {
    const help = commandHelp(command, (_colour, text) => text).trimEnd()
    return `## ${command.name}\n\n\`\`\`text\n${help}\n\`\`\`\n`
  })
  return [HEAD, ...parts].join('\n')
}
