// The commands of `roundabout`, in the order in which the help lists them.
import type { CliCommand } from './command'
import { captureCommand } from './commands/capture'
import { checkCommand } from './commands/check'
import { clientCommand } from './commands/client'
import { completionCommand } from './commands/completion'
import { exportCommand } from './commands/export'
import { lessonCommand } from './commands/lesson'
import { openFilesCommand } from './commands/open'
import { proxyCommand } from './commands/proxy'
import { recordCommand } from './commands/record'
import { replayCommand } from './commands/replay'
import { runCommand } from './commands/run'
import { serverCommand } from './commands/server'

export const CLI_COMMANDS: readonly CliCommand[] = [
  proxyCommand,
  serverCommand,
  clientCommand,
  runCommand,
  checkCommand,
  lessonCommand,
  recordCommand,
  replayCommand,
  captureCommand,
  exportCommand,
  openFilesCommand,
  completionCommand(() => CLI_COMMANDS),
]
