// What is looked at: the node that the instructor has selected or, without following, any; its facts, and the bytes of its last
// messages.
import { lookedAt, useClass } from './class-state'
import { follow, look } from './connection'

export function NodeView() {
  const lab = useClass((state) => state.lab)
  const follows = useClass((state) => state.follows)
  const node = useClass(lookedAt)
  const details = useClass((state) => state.details)
  if (lab === null) return null
  return (
    <div className="class-node">
      <div className="class-look">
        <label className="class-follow">
          <input
            type="checkbox"
            checked={follows}
            onChange={(event) => follow(event.target.checked)}
          />
          Follow the instructor
        </label>
        <label>
          <span className="visually-hidden">Look at</span>
          <select value={node ?? ''} onChange={(event) => look(event.target.value || null)}>
            <option value="">Look at…</option>
            <option value="proxy">Reverse proxy</option>
            {lab.nodes.map(({ node: id, id: shown }, index) => (
              <option key={id} value={id}>
                {index < lab.clients ? 'Client' : 'Server'} {shown}
              </option>
            ))}
          </select>
        </label>
      </div>
      {node !== null && details !== null && details.node === node && (
        <section aria-label={details.name}>
          <h3>{details.name}</h3>
          <dl className="class-facts">
            {details.facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <ul className="class-packets">
            {details.packets.map(({ id, words, text, hex, bytes }) => (
              <li key={id}>
                <details>
                  <summary>{words}</summary>
                  <pre>{text}</pre>
                  <pre className="muted">{hex.replace(/(..)(?=.)/g, '$1 ')}</pre>
                  <p className="muted">
                    {bytes} bytes{2 * bytes > hex.length ? ', of which these are the first' : ''}
                  </p>
                </details>
              </li>
            ))}
          </ul>
          {details.packets.length === 0 && <p className="muted">No messages so far.</p>}
        </section>
      )}
    </div>
  )
}
