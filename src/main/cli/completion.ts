// Completion for three shells: scripts made of the rows of the commands.
import { optionName } from '../options/option'
import type { CliCommand } from './command'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

type Commands = readonly CliCommand[]

const HELP = 'The options of a command, with examples'

export const COMPLETIONS: Readonly<
  Record<(typeof SHELLS)[number], (commands: Commands) => string>
> = { bash, zsh, fish }

const optionsOf = ({ options }: CliCommand) =>
  Object.entries(options).map(([key, option]) => ({ ...option, name: optionName(key) }))

function bash(commands: Commands): string {
  const cases = commands.map((command) => {
    const names = optionsOf(command).map(({ name }) => name)
    return `    ${command.name})
      options='${[...names, '--help'].join(' ')}'
      words='${(command.words?.choices ?? []).join(' ')}'${command.words?.isThenFiles ? `\n      [ "$COMP_CWORD" -eq 2 ] || words=` : ''} ;;`
  })
  const values = commands.flatMap((command) =>
    optionsOf(command).flatMap(({ name, choices }) =>
      choices === undefined
        ? []
        : [`    '${command.name} ${name}') words='${choices.join(' ')}' ;;`],
    ),
  )
  return `# roundabout completion bash > /etc/bash_completion.d/roundabout
_roundabout() {
  local current=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]} options= words=
  local before=\${COMP_WORDS[COMP_CWORD - 1]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${commands.map(({ name }) => name).join(' ')} help --help --version'
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case $command in
${cases.join('\n')}
    help) words='${commands.map(({ name }) => name).join(' ')}' ;;
  esac
  case "$command --\${before#"\${before%%[!-]*}"}" in
${values.join('\n')}
  esac
  case $current in
    --*) words=$options ;;
    -*) words=\${options//--/-} ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ -n "$words" ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _roundabout roundabout
`
}

function zsh(commands: Commands): string {
  const cases = commands.map((command) => {
    const options = optionsOf(command).map(({ name, help, value, choices }) => {
      const values = choices === undefined ? '_files' : `(${choices.join(' ')})`
      const rest = value === undefined ? '' : `:${quotedZsh(value)}:${values}`
      // With one dash, too, as the homework has them.
      return `        {${name},${name.slice(1)}}'[${quotedZsh(help)}]${rest}'`
    })
    if (command.words !== undefined) {
      const { choices, isThenFiles } = command.words
      const words = choices && `word:(${choices.join(' ')})`
      if (words && isThenFiles) options.push(`        '1:${words}'`)
      options.push(`        '*:${words && !isThenFiles ? words : 'file:_files'}'`)
    }
    return `      ${command.name}) _arguments \\\n${options.join(' \\\n')} ;;`
  })
  return `#compdef roundabout
# roundabout completion zsh > "\${fpath[1]}/_roundabout"
_roundabout() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(({ name, summary }) => `      '${name}:${quotedZsh(summary)}'`).join('\n')}
      'help:${HELP}'
    )
    _describe command commands
  elif [[ $words[2] == help ]]; then
    (( CURRENT == 3 )) && compadd ${commands.map(({ name }) => name).join(' ')}
  else
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
${cases.join('\n')}
    esac
  fi
}
_roundabout "$@"
`
}

/** Within single quotes, and within the brackets and colons of a specification. */
function quotedZsh(text: string): string {
  return text.replace(/'/g, "'\\\\''").replace(/[[\]:\\]/g, '\\$&')
}

function fish(commands: Commands): string {
  const named = [...commands.map(({ name, summary }) => [name, summary]), ['help', HELP]] as const
  const first = named.map(
    ([name = '', summary = '']) =>
      `complete -c roundabout -n __fish_use_subcommand -f -a ${name} -d ${quotedFish(summary)}`,
  )
  const names = commands.map(({ name }) => name).join(' ')
  first.push(`complete -c roundabout -n '__fish_seen_subcommand_from help' -f -a '${names}'`)
  const others = commands.flatMap((command) => {
    const seen = `-n '__fish_seen_subcommand_from ${command.name}'`
    const options = optionsOf(command).map(({ name, help, value, choices }) => {
      const long = name.slice(2)
      const values = choices === undefined ? '' : ` -x -a '${choices.join(' ')}'`
      const needs = value !== undefined && choices === undefined ? ' -r -F' : ''
      return `complete -c roundabout ${seen} -l ${long} -o ${long}${needs}${values} -d ${quotedFish(help)}`
    })
    const { words } = command
    if (words === undefined) return [...options, `complete -c roundabout ${seen} -f`]
    if (words.choices === undefined) return options
    const choices = words.choices.join(' ')
    const when = words.isThenFiles
      ? `-n '__fish_seen_subcommand_from ${command.name}; and not __fish_seen_subcommand_from ${choices}'`
      : seen
    return [...options, `complete -c roundabout ${when} -f -a '${choices}'`]
  })
  return `# roundabout completion fish > ~/.config/fish/completions/roundabout.fish
${[...first, ...others].join('\n')}
`
}

function quotedFish(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}
