// The layout of the window: the canvas with the timeline, the dock below, the inspector beside them, and on their left the
// text of a lesson while one is open. Sizes are remembered. In a narrow window, or at a large zoom, all are one below the
// other. In projector mode the canvas covers everything but the lesson (projector.css), in
// the stage view with the receipt beside it.
import { type ReactNode, useEffect } from 'react'
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels'
import { ChartsPanel } from '../charts'
import { isOnStage, useUi } from '../choices/ui'
import { useHasLesson } from '../lessons'
import { usePast } from '../past/past'
import { VotePanel } from '../room'
import { SequencePanel } from '../sequence'
import { PausedBand, Timeline } from '../timeline'
import { useStackedPanels } from '../ui/use-media'
import { Notices } from './Notices'
import { NotLive } from './NotLive'
import { ProjectorBar } from './ProjectorBar'
import { StageReceipt } from './StageReceipt'
import './canvas-place.css'

interface LayoutProps {
  lesson: ReactNode
  canvas: ReactNode
  dock: ReactNode
  inspector: ReactNode
}

/** The height of the dock's tabs, which stay visible when it is closed. */
const DOCK_BAR = '41px'

/** The part of the window that the text of a lesson has at most, until somebody makes it wider. */
const MOST_OF_WINDOW = 0.33

export function Layout({ lesson, canvas, dock, inspector }: LayoutProps) {
  const hasLesson = useHasLesson()
  const full = useUi((ui) => ui.sequenceFull)
  const dockOpen = useUi((ui) => ui.dockOpen) && !full
  const inspectorOpen = useUi((ui) => ui.inspectorOpen)
  const projector = useUi((ui) => ui.projector)
  const projectorCharts = useUi((ui) => ui.projectorCharts)
  const onStage = useUi(isOnStage)
  const view = usePast((past) => past.view)
  const { columns, rows, lessonWidth } = useUi.getState()
  const { rememberLayout, setDockOpen, setInspectorOpen, setLessonWidth } = useUi.getState()
  const dockPanel = useOpenPanel(dockOpen)
  const inspectorPanel = useOpenPanel(inspectorOpen)
  // Where the page scrolls, the bands and the notices do not scroll away with the canvas.
  const scrolls = useStackedPanels() && !projector
  const bands = !projector && (
    <>
      <NotLive />
      <PausedBand />
    </>
  )
  const canvasAndTime = (
    <div className="canvas-and-time">
      <main className="canvas-place" data-view={view} data-covered={full || undefined}>
        {!scrolls && bands}
        {canvas}
        <VotePanel />
        {onStage && <StageReceipt />}
        {full && <SequencePanel full />}
        {projector && projectorCharts && (
          <section className="projector-charts" aria-label="Charts">
            <ChartsPanel />
          </section>
        )}
        {projector && <ProjectorBar />}
        {!scrolls && <Notices />}
      </main>
      <Timeline />
    </div>
  )
  if (useStackedPanels()) {
    return (
      <div className="stack">
        {scrolls && <div className="stack-bands">{bands}</div>}
        {hasLesson && lesson}
        {canvasAndTime}
        {dock}
        {inspectorOpen && inspector}
        {scrolls && <Notices />}
      </div>
    )
  }
  const panels = (
    <Group
      orientation="horizontal"
      defaultLayout={columns}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction) rememberLayout('columns', layout)
      }}
    >
      <Panel id="main" minSize="40%">
        <Group
          orientation="vertical"
          defaultLayout={rows}
          onLayoutChanged={(layout, { isUserInteraction }) => {
            if (isUserInteraction) rememberLayout('rows', layout)
          }}
        >
          <Panel id="canvas" minSize="25%">
            {canvasAndTime}
          </Panel>
          <Separator className="separator row" title="Height of the panels" />
          <Panel
            id="dock"
            panelRef={dockPanel}
            defaultSize="31%"
            minSize="140px"
            maxSize="75%"
            collapsible
            collapsedSize={DOCK_BAR}
            onResize={({ inPixels }) => {
              if (!useUi.getState().sequenceFull) setDockOpen(inPixels > 60)
            }}
          >
            {dock}
          </Panel>
        </Group>
      </Panel>
      <Separator className="separator column" title="Width of the inspector" />
      <Panel
        id="inspector"
        panelRef={inspectorPanel}
        defaultSize="336px"
        minSize="240px"
        maxSize="50%"
        groupResizeBehavior="preserve-pixel-size"
        collapsible
        collapsedSize="0px"
        // What cannot be seen cannot have the focus; what is being written in it stays.
        style={inspectorOpen ? undefined : { visibility: 'hidden' }}
        onResize={({ inPixels }) => {
          setInspectorOpen(inPixels > 0)
          setInspectorWidth(inPixels)
        }}
      >
        {inspector}
      </Panel>
    </Group>
  )
  return (
    <Group
      className="layout"
      orientation="horizontal"
      onLayoutChanged={({ lesson: percent }, { isUserInteraction }) => {
        if (isUserInteraction && percent !== undefined) {
          setLessonWidth((percent / 100) * window.innerWidth)
        }
      }}
    >
      {hasLesson && (
        <>
          <Panel
            id="lesson"
            defaultSize={`${Math.min(lessonWidth, MOST_OF_WINDOW * window.innerWidth)}px`}
            minSize="260px"
            maxSize="60%"
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => {
              document.documentElement.style.setProperty('--lesson-width', `${inPixels}px`)
            }}
          >
            {lesson}
          </Panel>
          <Separator className="separator column" title="Width of the lesson’s text" />
        </>
      )}
      <Panel id="lab">{panels}</Panel>
    </Group>
  )
}

/** For notices.css: how wide the inspector is, while it is open. */
function setInspectorWidth(pixels: number): void {
  const { style } = document.documentElement
  if (pixels > 0) style.setProperty('--inspector-width', `${pixels}px`)
  else style.removeProperty('--inspector-width')
}

/** A panel that opens and closes with `open`. */
function useOpenPanel(open: boolean) {
  const panel = usePanelRef()
  useEffect(() => {
    if (open) panel.current?.expand()
    else panel.current?.collapse()
  }, [open, panel])
  return panel
}
