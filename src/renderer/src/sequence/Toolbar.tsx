// Chooses what is drawn, and saves it as a picture.
import { Download, Maximize2, Minimize2 } from 'lucide-react'
import { errorText } from '../../../shared/error-text'
import { perform } from '../actions/actions'
import { shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { usePast } from '../past/past'
import { type Picture, toPng } from '../ui/picture'
import { fileName, saveFile } from '../ui/save-file'
import { Tip } from '../ui/Tip'
import { tooLargeForPng } from './picture'
import { type DiagramSource, useDiagramSource } from './use-drawn'

const SOURCES: readonly { source: DiagramSource; title: string; tip: string }[] = [
  { source: 'live', title: 'Live', tip: 'The newest packets, as they are sent' },
  { source: 'exchange', title: 'This exchange', tip: 'All packets of the selected one’s exchange' },
  {
    source: 'selected',
    title: 'Selected',
    tip: 'The packets picked in the list, or those that match the filter',
  },
]

interface ToolbarProps {
  full: boolean
  note: string | undefined
  /** Draws the picture to save; undefined where nothing is drawn. */
  picture: (() => Picture) | undefined
}

export function Toolbar({ full, note, picture }: ToolbarProps) {
  const chosen = useDiagramSource(({ source }) => source)
  const view = usePast((past) => past.view)
  return (
    <div className="sequence-bar">
      <fieldset className="sequence-sources">
        <legend className="visually-hidden">What is drawn</legend>
        {SOURCES.map(({ source, title, tip }) => (
          <Tip key={source} text={tip}>
            <button
              type="button"
              aria-pressed={source === chosen}
              onClick={() => useDiagramSource.setState({ source })}
            >
              {source === 'live' && view !== 'now' ? 'Newest' : title}
            </button>
          </Tip>
        ))}
      </fieldset>
      {note && <p className="muted">{note}</p>}
      <span className="sequence-saves">
        <SaveButton format="SVG" picture={picture} />
        <SaveButton format="PNG" picture={picture} />
        <FullButton full={full} />
      </span>
    </div>
  )
}

function FullButton({ full }: { full: boolean }) {
  const Icon = full ? Minimize2 : Maximize2
  return (
    <Tip
      text={full ? 'The diagram returns to its panel (Esc)' : 'In place of the graph'}
      shortcut={shortcutOf('fullSequence')}
    >
      <button
        type="button"
        className="sequence-save sequence-full"
        aria-keyshortcuts={shortcutOf('fullSequence')}
        onClick={() => perform('fullSequence')}
      >
        <Icon size={14} aria-hidden="true" />
        {full ? 'Back to the graph' : 'Full size'}
      </button>
    </Tip>
  )
}

function SaveButton({
  format,
  picture,
}: { format: 'SVG' | 'PNG' } & Pick<ToolbarProps, 'picture'>) {
  return (
    <Tip text={`Save the diagram as ${format}`}>
      <button
        type="button"
        className="sequence-save"
        aria-disabled={picture === undefined}
        onClick={() => picture && void save(format, picture())}
      >
        <Download size={14} aria-hidden="true" />
        <span className="visually-hidden">Save as </span>
        {format}
      </button>
    </Tip>
  )
}

async function save(format: 'SVG' | 'PNG', picture: Picture): Promise<void> {
  const { notify } = useUi.getState()
  if (format === 'SVG') {
    saveFile(fileName('svg'), new Blob([picture.svg], { type: 'image/svg+xml' }))
    return
  }
  const problem = tooLargeForPng(picture)
  if (problem !== undefined) {
    notify('error', problem)
    return
  }
  try {
    saveFile(fileName('png'), await toPng(picture))
  } catch (error) {
    const text = errorText(error)
    notify('error', `The PNG could not be made: ${text}`)
  }
}
