// The summary of a played scenario, as lines for a person.
import type { Colouring } from '../paint'
import type { PlayedSummary } from './play'

export interface ComparedSummary extends Omit<PlayedSummary, 'scenario' | 'seed'> {
  readonly name: string
}

interface RunSummary extends PlayedSummary {
  readonly compare: readonly ComparedSummary[]
}

export function summaryText(summary: RunSummary, paint: Colouring): string {
  const { scenario, seed, compare } = summary
  const lines = [`${paint('bold', scenario)}, seed ${seed}, ${timeWords(summary)}`]
  lines.push(...playedLines(summary, paint))
  for (const compared of compare) {
    lines.push('', `${paint('bold', `Compared: ${compared.name}`)}, ${timeWords(compared)}`)
    lines.push(...playedLines(compared, paint))
  }
  return lines.join('\n')
}

type Played = Omit<ComparedSummary, 'name'>

const timeWords = ({ simulatedMs }: Played) => `${simulatedMs} ms of simulated time`

function playedLines({ messages, latencyMs, policies }: Played, paint: Colouring): string[] {
  const { sent, answered, refused, lost } = messages
  const open = sent - answered - refused - lost
  const counts = [`${sent} sent`, `${answered} answered`, `${refused} refused`, `${lost} lost`]
  if (open > 0) counts.push(`${open} not ended`)
  const { p50, p90, p99, max } = latencyMs
  const lines = [`Messages: ${counts.join(', ')}`]
  if (answered > 0) lines.push(`Latency: p50 ${p50} ms, p90 ${p90}, p99 ${p99}, longest ${max}`)
  for (const [policy, { algorithm, decisions, servers }] of Object.entries(policies)) {
    lines.push('', `${paint('bold', `Policy ${policy}`)}, ${algorithm}`)
    for (const [id, { chosen, served, failed }] of Object.entries(servers)) {
      lines.push(`  server ${id}: chosen ${chosen}, served ${served}, failed ${failed}`)
    }
    if (decisions) lines.push(`  decisions: ${decisions.map((id) => id ?? 'nobody').join(' ')}`)
  }
  return lines
}
