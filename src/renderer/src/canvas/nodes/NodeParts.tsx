// Pieces that several kinds of nodes share.

import { type LucideIcon, Plug, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Handle, Position } from 'reactflow'
import { counted, formatCount, shortened } from '../../../../shared/format'
import { type Clash, clashesOf } from '../../../../shared/state/clashes'
import type { NodeState } from '../../../../shared/state/state'
import { withVisibleControls } from '../../../../shared/visible-controls'
import { type HoldMark, useHoldMark } from '../../holds'
import '../../ui/clash.css'
import { Id } from '../../ui/Id'
import { useAnswerMark } from '../answer-mark'
import './answer.css'
import './group.css'
import './outside-badge.css'
import { useDimmed } from '../dimming'
import { nameElementId } from '../flow'
import type { Tier } from '../spacing'
import { useSampled } from '../use-sampled'
import { useIsOnWay } from '../way/way'

/** The node's accessible name: React Flow's wrapper is labelled by it, and it is rendered again only with its node. */
export function AccessibleName({ id, children }: { id: string; children: string }) {
  return (
    <span id={nameElementId(id)} className="canvas-hidden">
      {children}
    </span>
  )
}

interface FigureProps {
  className?: string
  text: string
  title?: string | undefined
}

/**
 * What a node's accessible name says in words of its own: a port, a count, a payload. CSS draws it, so that the text of
 * a node is the beginning of its name, which is what a person says to a speech control.
 */
export function Figure({ className = '', text, title }: FigureProps) {
  return (
    <span className={`figure ${className}`} data-text={withVisibleControls(text)} title={title} />
  )
}

const MARK_WORDS: Record<HoldMark, string> = {
  next: 'its next packet is going to be held',
  set: 'a breakpoint is set here',
  off: 'a breakpoint here is off',
}

interface ActorCardProps {
  node: NodeState
  tier: Tier
  /** The accessible name; on small nodes the tooltip too. */
  name: string
  colour: string
  /** Stands beside the mark of an outside program, on cards. */
  badge?: string | undefined
  /** Further class names. */
  className: string
  children: ReactNode
}

/** The card of a client or a server. */
export function ActorCard({
  node,
  tier,
  name,
  colour,
  badge,
  className,
  children,
}: ActorCardProps) {
  const outside = node.origin === 'outside'
  const isLeftOut = useDimmed(node.id)
  const mark = useHoldMark(node.id)
  const onWay = useIsOnWay(node.id)
  const clash = useClash(node, tier)
  const answer = useAnswerMark(node)
  // What can be chosen, and what was, is in the spotlight.
  const dimmed = isLeftOut && !answer.isChoosable && !answer.isAnswer && !answer.isTruth
  const classes = ['node', node.role, `node-${tier}`, className]
  if (outside) classes.push('is-outside')
  if (dimmed) classes.push('is-dimmed')
  if (onWay) classes.push('is-on-way')
  if (answer.isChoosable) classes.push('is-choosable')
  if (answer.isAnswer) classes.push('is-answer')
  if (answer.isTruth) classes.push('is-truth')
  const said = [name, clash?.mark, answer.words.replace('✓ ', '')].filter(Boolean)
  const whole = said.join(', ')
  return (
    <div
      className={classes.join(' ')}
      style={{ '--node-colour': colour }}
      title={tier === 'card' ? undefined : whole}
    >
      <AccessibleName id={node.id}>
        {mark === undefined ? whole : `${whole}, ${MARK_WORDS[mark]}`}
      </AccessibleName>
      <LinkHandle />
      {tier !== 'chip' && (
        <CardBadge
          outside={outside}
          group={node.group}
          also={tier === 'card' ? badge : undefined}
          clash={clash}
        />
      )}
      {children}
      {answer.words !== '' && tier !== 'chip' && (
        <span className="node-answer">
          <Figure text={answer.words} />
        </span>
      )}
    </div>
  )
}

interface ActorTitleProps {
  node: NodeState
  tier: Tier
  /** Marks an outside program where the badge would not fit. */
  OutsideIcon: LucideIcon
}

export function ActorTitle({ node, tier, OutsideIcon }: ActorTitleProps) {
  const mark = useHoldMark(node.id)
  const ring = mark && <HoldRing mark={mark} />
  if (tier === 'chip') {
    return (
      <span className="node-title">
        {ring}
        {node.origin === 'outside' && <OutsideIcon size={11} className="node-chip-icon" />}
        <Id text={node.protocolId ?? ''} />
      </span>
    )
  }
  const role = node.role === 'client' ? 'Client' : 'Server'
  return (
    <span className="node-title">
      {ring}
      <Id before={`${role} `} text={node.protocolId ?? ''} />
    </span>
  )
}

/** The same ring as on the node's link. */
function HoldRing({ mark }: { mark: HoldMark }) {
  return (
    <svg className={`node-hold is-${mark}`} viewBox="-6 -6 12 12">
      <title>{MARK_WORDS[mark]}</title>
      <circle r="5" />
    </svg>
  )
}

/** A server without its id says so on its card already. */
function useClash({ id }: NodeState, tier: Tier): Clash | undefined {
  const mark = useSampled(tier, (state) => clashesOf(state, id)[0]?.mark)
  const details = useSampled(tier, (state) => clashesOf(state, id)[0]?.details)
  if (mark === undefined || details === undefined || mark === 'id taken') return undefined
  return { mark, details }
}

interface CardBadgeProps {
  outside: boolean
  group: string | undefined
  also: string | undefined
  clash: Clash | undefined
}

/** On the card's upper edge: that it is an outside program, and what is wrong or else when it was seen. */
function CardBadge({ outside, group, also, clash }: CardBadgeProps) {
  if (clash === undefined) return outside ? <OutsideBadge group={group} also={also} /> : null
  return (
    <span className="node-outside clash" title={clash.details}>
      {outside && <Plug size={11} aria-hidden="true" />}
      <TriangleAlert size={11} aria-hidden="true" />
      <Figure text={clash.mark} />
    </span>
  )
}

/** Longer names of people are cut: the badge stands on the card's edge. */
const LONGEST_GROUP = 16

interface OutsideBadgeProps {
  /** Whose program it is. Set for a program of the room. */
  group?: string | undefined
  also?: string | undefined
}

/** Marks a program that joined over a socket. */
export function OutsideBadge({ group, also }: OutsideBadgeProps) {
  const who = group === undefined ? 'outside' : shortened(group, LONGEST_GROUP)
  return (
    <span
      className={group === undefined ? 'node-outside' : 'node-outside is-of-room'}
      title={group}
    >
      <Plug size={11} aria-hidden="true" />
      <Figure text={also === undefined ? who : `${who} · ${also}`} />
    </span>
  )
}

/** A greater number in flight needs the room of the word in an actor's name. */
export const MOST_BESIDE_NAME = 99

/** `what`: what is counted, packets on a client's link or messages that a server has been given. */
export function InFlight({ count, what }: { count: number; what: 'packet' | 'message' }) {
  if (count === 0) return null
  return (
    <Figure
      className="node-in-flight"
      text={formatCount(count)}
      title={`${counted(count, what)} in flight`}
    />
  )
}

/** An invisible handle: React Flow needs one for each edge; the layout gives the link's real ends. */
export function LinkHandle({ type = 'source' }: { type?: 'source' | 'target' }) {
  return (
    <Handle className="link-handle" type={type} position={Position.Right} isConnectable={false} />
  )
}
