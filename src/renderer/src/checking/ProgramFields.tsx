// The command that starts a person's program, what the check fills into it, and the folder in which it is run. They are
// remembered, and are the same wherever a program is checked.
import { type PlaceAbout, type ProgramKind, placesOf } from '../../../shared/program-command'
import { useUi } from '../choices/ui'

interface ProgramFieldsProps {
  kind: ProgramKind
  commandLabel: string
  /** The attribute by which the surroundings find the command to focus it. */
  focusMark?: 'data-first-focus' | 'data-lesson-focus' | undefined
}

export function ProgramFields({ kind, commandLabel, focusMark }: ProgramFieldsProps) {
  const { programs, folder } = useUi((ui) => ui.checkedProgram)
  const { changeCheckedProgram } = useUi.getState()
  return (
    <>
      <label className="program-check-field">
        <span>{commandLabel}</span>
        <input
          className="program-check-input program-check-command"
          {...(focusMark && { [focusMark]: true })}
          required
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          value={programs[kind]}
          onChange={({ target }) =>
            changeCheckedProgram({ programs: { ...programs, [kind]: target.value } })
          }
        />
      </label>
      <dl className="program-check-places" aria-label="What the check fills in">
        {placesOf(kind).map((place) => (
          <PlaceRow key={place.name} {...place} />
        ))}
      </dl>
      <label className="program-check-field">
        <span>Folder in which it is run</span>
        <input
          className="program-check-input program-check-command"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder="your home folder"
          value={folder}
          onChange={({ target }) => changeCheckedProgram({ folder: target.value })}
        />
      </label>
    </>
  )
}

function PlaceRow({ name, means, isNeeded }: PlaceAbout) {
  return (
    <div>
      <dt>
        <code>{`{${name}}`}</code>
      </dt>
      <dd>
        {means}
        {isNeeded && <strong> · needed</strong>}
      </dd>
    </div>
  )
}
