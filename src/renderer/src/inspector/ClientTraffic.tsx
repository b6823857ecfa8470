// A client's traffic: whether it sends, how fast, and the settings of its pattern.
import { Play, Square } from 'lucide-react'
import { isObject } from '../../../shared/feed/field'
import { counted, formatCount } from '../../../shared/format'
import { TRAFFIC, trafficSettings } from '../../../shared/settings/features/traffic'
import type { NodeState } from '../../../shared/state/state'
import { behindWords, rateOf } from '../../../shared/traffic-words'
import { setClient, toggleTraffic } from '../actions/clients'
import { shortcutOf } from '../actions/shortcuts'
import { LiveSettings, RateSlider } from '../forms'
import { NoteLine } from '../ui/NoteLine'
import { nameOfNode } from '../ui/names'
import { ArrivalsFile } from './ArrivalsFile'
import './traffic.css'

interface ClientTrafficProps {
  node: NodeState
  /** Why nothing can be changed now; undefined if changes are possible. */
  refusal: string | undefined
}

export function ClientTraffic({ node, refusal }: ClientTrafficProps) {
  const { traffic } = node
  const values = isObject(traffic) ? traffic : undefined
  const pattern = String(values?.pattern ?? '')
  const perSecond = rateOf(node)
  const { unsent = 0, sending = false } = node
  return (
    <fieldset className="settings traffic" disabled={refusal !== undefined} title={refusal}>
      <legend className="visually-hidden">Traffic</legend>
      {values && (
        <>
          <p className="traffic-state" role="status">
            {sending ? 'Sends by itself' : 'Stopped'}
            {Number(values.clients) > 1 && `, a crowd of ${formatCount(Number(values.clients))}`}
          </p>
          <button
            type="button"
            className="button"
            aria-keyshortcuts={shortcutOf('toggleTraffic')}
            onClick={() => void toggleTraffic(node.id)}
          >
            {sending ? (
              <Square size={14} aria-hidden="true" />
            ) : (
              <Play size={14} aria-hidden="true" />
            )}
            {sending ? 'Stop traffic' : 'Start traffic'}
          </button>
          {pattern === 'replay' && <ArrivalsFile node={node} values={values} />}
          {perSecond !== undefined && (
            <RateSlider node={node.id} name={nameOfNode(node)} perSecond={perSecond} />
          )}
          {unsent > 0 && (
            <NoteLine
              level="off"
              text={`The source is ${behindWords(node)}: ${counted(unsent, 'message')} or more are due, and wait for answers to others. Latencies count from when each was due.`}
            />
          )}
        </>
      )}
      <LiveSettings
        settings={{ traffic: values ? { ...TRAFFIC, settings: trafficSettings(values) } : TRAFFIC }}
        values={{ traffic }}
        change={(changed) => setClient(node.id, changed)}
      />
    </fieldset>
  )
}
