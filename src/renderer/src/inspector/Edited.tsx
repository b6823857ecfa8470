// The changes that an edit made to a packet: before and after.
import { useMemo } from 'react'
import { formatBytes } from '../../../shared/format'
import type { Packet } from '../../../shared/state/state'
import { changesOf } from './changes'

interface EditedProps {
  bytes: Packet['bytes']
  original: Uint8Array
}

export function Edited({ bytes, original }: EditedProps) {
  const changes = useMemo(() => changesOf(original, bytes), [original, bytes])
  return (
    <section className="edited">
      <h3>Edited on its way</h3>
      {changes === undefined && (
        <p>
          {formatBytes(original.length)} became {formatBytes(bytes.length)}; compare them below.
        </p>
      )}
      {changes?.length === 0 && <p>The fields say the same; they are written otherwise.</p>}
      <dl>
        {changes?.map(({ name, before, after }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Value value={before} old /> → <Value value={after} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Value({ value, old = false }: { value: string | undefined; old?: boolean }) {
  if (value === undefined) return <i>absent</i>
  return <code>{old ? <del>{value}</del> : value}</code>
}
