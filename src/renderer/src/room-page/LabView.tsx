// The lab in small: clients, the proxy, servers by policy with their counts, whose turn is next, and packets as they move.
import { useMemo } from 'react'
import {
  type ClassPicture,
  type LabMoment,
  type PictureStanding,
  PROXY_INDEX,
} from '../../../shared/room/class-picture'
import { lookedAt, useClass } from './class-state'
import { look } from './connection'
import { type LitPicture, litPicture, spotlightWords } from './lit-picture'
import { PicturePackets } from './PicturePackets'
import {
  CLIENT_WIDTH,
  layOutPicture,
  linkEnds,
  linkPath,
  type PictureLayout,
  PROXY_RADIUS,
  PROXY_X,
  SERVER_WIDTH,
  WIDTH,
} from './picture-layout'

const COLOURS = 8
const MAX_NEXT = 4

export function LabView() {
  const lab = useClass((state) => state.lab)
  return lab === null ? null : <Lab lab={lab} />
}

function Lab({ lab }: { lab: ClassPicture }) {
  const layout = useMemo(() => layOutPicture(lab), [lab])
  const lit = useLit(lab)
  const { moreClients, moreServers } = lab
  const more = [
    moreClients > 0 ? `${moreClients} further clients` : '',
    moreServers > 0 ? `${moreServers} further servers` : '',
  ].filter(Boolean)
  return (
    <>
      <svg
        className="class-lab"
        viewBox={`0 0 ${WIDTH} ${layout.height}`}
        role="img"
        aria-label={`${lab.clients} clients, the reverse proxy, ${lab.nodes.length - lab.clients} servers. “Look at” below says more of each.`}
      >
        {lab.nodes.map(({ node }, index) => (
          <path
            key={node}
            className={lit?.links.has(index) === false ? 'class-link is-unlit' : 'class-link'}
            d={linkPath(linkEnds(layout, index, lab.clients))}
          />
        ))}
        <ProxyView lab={lab} layout={layout} isUnlit={lit?.nodes.has(PROXY_INDEX) === false} />
        {lab.nodes.map(({ node }, index) => (
          <PictureNodeView
            key={node}
            lab={lab}
            layout={layout}
            index={index}
            isUnlit={lit?.nodes.has(index) === false}
          />
        ))}
        <PicturePackets lab={lab} layout={layout} lit={lit} />
      </svg>
      <Spotlit lab={lab} />
      <Counts />
      {more.length > 0 && <p className="muted">Not drawn: {more.join(' and ')}.</p>}
    </>
  )
}

/** While this person follows the instructor. */
function useLit(lab: ClassPicture): LitPicture | undefined {
  const target = useClass(({ follows, spotlight }) => (follows ? spotlight : null))
  const packet = useOfMoment(lab, ({ packets }) =>
    target?.kind === 'packet' ? packets.find(([id]) => id === target.id)?.join() : undefined,
  )
  return useMemo(
    () => litPicture(lab, useClass.getState().moment?.packets ?? [], target),
    [lab, target, packet],
  )
}

function Spotlit({ lab }: { lab: ClassPicture }) {
  const words = useClass(({ follows, spotlight }) =>
    spotlightWords(lab, follows ? spotlight : null),
  )
  return (
    <p className="class-spotlit" role="status">
      {words !== '' && `In the spotlight: ${words}`}
    </p>
  )
}

function colourOf(slot: number | null): string {
  return slot === null ? 'var(--muted)' : `var(--policy-${(slot % COLOURS) + 1})`
}

/** On the panel, as text: mixed with ink. */
function textColourOf(slot: number): string {
  return `color-mix(in srgb, ${colourOf(slot)} 70%, var(--ink))`
}

/** The moment, if it belongs to this picture: the two come one after the other. */
function useOfMoment<T>(lab: ClassPicture, select: (moment: LabMoment) => T): T | undefined {
  return useClass(({ moment }) =>
    moment !== null && moment.number === lab.number ? select(moment) : undefined,
  )
}

interface ProxyProps {
  lab: ClassPicture
  layout: PictureLayout
  isUnlit: boolean
}

function ProxyView({ lab, layout, isUnlit }: ProxyProps) {
  const isLookedAt = useClass((state) => lookedAt(state) === 'proxy')
  const shown = lab.policies.filter(({ servers }) => servers.length > 0)
  const { middle } = layout
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: “Look at” does the same for keyboards and screen readers
    <g onClick={() => look('proxy')} className={isUnlit ? 'class-pick is-unlit' : 'class-pick'}>
      <circle
        className={isLookedAt ? 'class-proxy is-looked-at' : 'class-proxy'}
        cx={PROXY_X}
        cy={middle}
        r={PROXY_RADIUS}
      />
      <circle className="class-island" cx={PROXY_X} cy={middle} r={PROXY_RADIUS - 9} />
      {shown.slice(0, MAX_NEXT).map(({ id, slot }, index) => (
        <NextTurn
          key={id}
          lab={lab}
          policy={id}
          slot={slot}
          y={middle + 4 + (index - (Math.min(shown.length, MAX_NEXT) - 1) / 2) * 14}
        />
      ))}
    </g>
  )
}

interface NextTurnProps {
  lab: ClassPicture
  policy: string
  slot: number
  y: number
}

/** The policy, and the server whose turn is next. */
function NextTurn({ lab, policy, slot, y }: NextTurnProps) {
  const at = lab.policies.findIndex(({ id }) => id === policy)
  const next = useOfMoment(lab, (moment) => moment.next[at] ?? null)
  // A person who predicts it must not read it here.
  const isAsked = useClass(({ vote }) => vote !== null && !vote.isRevealed)
  const server = isAsked ? '?' : next == null ? undefined : lab.nodes[next]?.id
  return (
    <text className="class-next" x={PROXY_X} y={y} fill={textColourOf(slot)}>
      {cut(policy, 5)}
      {server === undefined ? '' : ` → ${cut(server, 5)}`}
    </text>
  )
}

interface NodeProps {
  lab: ClassPicture
  layout: PictureLayout
  index: number
  isUnlit: boolean
}

const STANDINGS: Record<PictureStanding, string> = { 0: '', 1: ' is-down', 2: ' is-apart' }

function PictureNodeView({ lab, layout, index, isUnlit }: NodeProps) {
  const { node, id, slot } = lab.nodes[index] ?? { node: '', id: '', slot: null }
  const isClient = index < lab.clients
  const served = useOfMoment(lab, (moment) => moment.served[index] ?? 0)
  const standing = useOfMoment(lab, (moment) => moment.standings[index - lab.clients] ?? 0) ?? 0
  const isLookedAt = useClass((state) => lookedAt(state) === node)
  const given = useClass(({ vote, mine, sending }) => {
    if (vote === null || vote.isRevealed || vote.ask.kind !== 'choice') return false
    const answer = sending?.answer ?? (mine?.question === vote.id ? mine.answer : null)
    return answer?.kind === 'choice' && !isClient && vote.ask.servers[answer.index] === id
  })
  const isOwn = useClass(({ client, server }) => client?.node === node || server?.node === node)
  const width = isClient ? CLIENT_WIDTH : SERVER_WIDTH
  const row = layout.rows[isClient ? 0 : 1]
  const height = Math.max(row - 6, row * 0.8)
  const x = isClient ? 4 : WIDTH - width - 4
  const y = (layout.ys[index] ?? 0) - height / 2
  const isLow = height < 30
  const name = isClient ? `Client ${cut(id, 4)}` : `Server ${cut(id, 5)}`
  const state = isLookedAt ? ' is-looked-at' : given ? ' is-given' : isOwn ? ' is-own' : ''
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: “Look at” does the same for keyboards and screen readers
    <g
      onClick={() => look(node)}
      className={`class-pick class-pick-node${isClient ? '' : STANDINGS[standing]}${state}${isUnlit ? ' is-unlit' : ''}`}
    >
      <rect className="class-node-box" x={x} y={y} width={width} height={height} rx={4} />
      <rect x={x} y={y} width={3} height={height} rx={1} fill={colourOf(slot)} />
      <text className="class-node-name" x={x + 9} y={y + (isLow ? height / 2 + 4 : 15)}>
        {name}
      </text>
      {!isLow && (
        <text className="class-node-count" x={x + 9} y={y + 29}>
          {standing === 1 && !isClient
            ? 'down'
            : standing === 2 && !isClient
              ? 'not registered'
              : `${served ?? 0} ${served === 1 ? 'answer' : 'answers'}`}
        </text>
      )}
    </g>
  )
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

function Counts() {
  const answered = useClass(({ moment }) => moment?.answered ?? 0)
  const failed = useClass(({ moment }) => moment?.failed ?? 0)
  const inFlight = useClass(({ moment }) => moment?.inFlight ?? 0)
  const isPaused = useClass(({ moment }) => moment?.speed === 0)
  return (
    <p className="class-counts">
      {isPaused && <strong>Paused</strong>}
      <span>{answered} answered</span>
      {failed > 0 && <span>{failed} failed</span>}
      <span>{inFlight} in flight</span>
    </p>
  )
}
