// What the socket doctor says of an outside program, the gravest first: what was seen, with the bytes, why it is so, and how
// to mend it.
import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import type { Gravity } from '../../../shared/diagnosis/doctor/diagnosis'
import { bytesOfHex } from '../../../shared/diagnosis/doctor/evidence'
import { findingsOf, type ProgramFinding } from '../../../shared/diagnosis/doctor/findings'
import { GRAVITIES } from '../../../shared/diagnosis/doctor/registry'
import { seenTimes } from '../../../shared/diagnosis/doctor/words'
import type { NodeState, State } from '../../../shared/state/state'
import { withVisibleControls } from '../../../shared/visible-controls'
import { useUi } from '../choices/ui'
import { hexOffset, hexRow, hexRows } from '../ui/hex'
import './doctor.css'

const ICONS: Record<Gravity, typeof Info> = {
  stops: CircleX,
  wrong: TriangleAlert,
  fragile: Info,
}

export function Doctor({ node, state }: { node: NodeState; state: State }) {
  const findings = findingsOf(state.examinations.get(node.id))
  return (
    <section className="doctor">
      <h3>Socket doctor</h3>
      {findings.length === 0 && (
        <p className="doctor-healthy">
          <CircleCheck size={15} aria-hidden="true" />
          Nothing odd on its wire so far.
        </p>
      )}
      {findings.map((finding, index) => (
        <FindingView
          key={finding.diagnosis.id}
          finding={finding}
          node={node}
          isOpen={index === 0}
        />
      ))}
    </section>
  )
}

interface FindingProps {
  finding: ProgramFinding
  node: NodeState
  /** At first. */
  isOpen: boolean
}

function FindingView({ finding, node, isOpen }: FindingProps) {
  const { diagnosis, symptom } = finding
  const { gravity, title, why, mend, python, node: inNode } = diagnosis
  const Icon = ICONS[gravity]
  return (
    <details className={`doctor-finding is-${gravity}`} open={isOpen}>
      <summary>
        <Icon size={15} role="img" aria-label={GRAVITIES[gravity]} />
        <span>{title}</span>
      </summary>
      <p>{withVisibleControls(symptom.seen)}</p>
      <p className="muted">{seenTimes(symptom, node.sent)}</p>
      <Bytes finding={finding} />
      <p>{why}</p>
      <p>
        <b>To mend it: </b>
        {mend}
      </p>
      <Code language="Python" lines={python} />
      <Code language="Node" lines={inNode} />
    </details>
  )
}

/** The bytes on the wire, and the way to their packet. */
function Bytes({ finding: { symptom } }: Pick<FindingProps, 'finding'>) {
  const { hex = '', offset = 0, packet } = symptom
  const bytes = bytesOfHex(hex)
  return (
    <>
      {bytes.length > 0 && (
        <div className="doctor-bytes">
          {Array.from({ length: hexRows(bytes) }, (_, row) => (
            <div key={hexOffset(row)}>
              <span className="muted">{(offset + 8 * row).toString(16).padStart(4, '0')}</span>
              <span>
                {hexRow(bytes, row)
                  .map((one) => one.hex)
                  .join(' ')}
              </span>
              <span>
                {hexRow(bytes, row)
                  .map((one) => one.text)
                  .join('')}
              </span>
            </div>
          ))}
        </div>
      )}
      {packet !== undefined && (
        <button
          type="button"
          className="link"
          onClick={() => useUi.getState().select({ kind: 'packet', id: packet })}
        >
          Show packet {packet}
        </button>
      )}
    </>
  )
}

function Code({ language, lines }: { language: string; lines: string | undefined }) {
  if (lines === undefined) return null
  return (
    <figure className="doctor-code">
      <figcaption className="muted">{language}</figcaption>
      <pre>
        <code>{lines}</code>
      </pre>
    </figure>
  )
}
