// The bench's page: React Flow with one of two ways to draw packets, driven through `window.bench`, which is there when the page is ready.
// ?way=layer|svg|none &servers=50 &theme=light|dark &calm (reduced motion)
import { useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
  useStoreApi,
} from 'reactflow'
import 'reactflow/dist/style.css'
import { PacketLayer } from '../../../src/renderer/src/canvas/packets/layer'
import { liftWhileMoving } from '../../../src/renderer/src/canvas/packets/lifted-view'
import { PacketSurface } from '../../../src/renderer/src/canvas/packets/PacketSurface'
import { COLOURS } from '../../../src/renderer/src/ui/theme/tokens'
import type { PageBench } from './bench'
import { FRAMES_CHANNEL } from './channel'
import { PlainEdge, SvgPackets, SvgPacketsEdge } from './edges'
import { makeGraph } from './graph'
import { probeDistance, showProbe } from './probe'
import { Traffic } from './traffic'

const query = new URLSearchParams(location.search)
const way = query.get('way') ?? 'layer'
const graph = makeGraph(Number(query.get('servers') ?? 50))
const colours = COLOURS[query.get('theme') === 'dark' ? 'dark' : 'light']
const layer = new PacketLayer()
const traffic = new Traffic(layer, graph.links)
const channel = new BroadcastChannel(FRAMES_CHANNEL)

let setSvgPackets: (packets: number) => void = () => {}
let flow: ReactFlowInstance | undefined
let moving = 0
let counting = 0
let frames: number[] = []

const bench: PageBench = {
  setPackets(packets: number): void {
    if (way === 'layer') traffic.set(packets)
    else if (way === 'svg') setSvgPackets(packets)
  },
  move(): void {
    const start = performance.now()
    const { x, y, zoom } = home
    const step = () => {
      const t = (performance.now() - start) / 1000
      flow?.setViewport({
        x: x + 260 * Math.sin(1.9 * t),
        y: y + 140 * Math.sin(2.7 * t),
        zoom: zoom * (1 + 0.25 * Math.sin(1.3 * t)),
      })
      moving = requestAnimationFrame(step)
    }
    bench.rest()
    step()
  },
  rest(): void {
    cancelAnimationFrame(moving)
    flow?.setViewport(home)
  },
  count(): void {
    frames = []
    const step = () => {
      frames.push(performance.now())
      counting = requestAnimationFrame(step)
    }
    counting = requestAnimationFrame(step)
    channel.postMessage('forget')
  },
  async counted(): Promise<{ window: number[]; worker: number[] }> {
    cancelAnimationFrame(counting)
    const worker = way === 'layer' ? await framesOfWorker() : []
    return { window: frames, worker }
  },
  showProbe(): void {
    // In the middle of the window, so that it stays in sight wherever the view moves.
    const link = graph.links.find(({ id }) => id === 'server:5')
    if (link) showProbe(layer, link)
  },
  probeDistance,
}

const home = { x: 430, y: 420, zoom: 0.62 }

declare global {
  interface Window {
    bench?: PageBench
  }
}

function framesOfWorker(): Promise<number[]> {
  return new Promise((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<number[]>) => {
      channel.onmessage = null
      resolve(data)
    }
    channel.postMessage('tell')
  })
}

function startWorker(): Worker {
  return new Worker(new URL('./counted-worker.ts', import.meta.url), { type: 'module' })
}

const boxStyle = {
  width: '100%',
  height: '100%',
  boxSizing: 'border-box',
  border: `1px solid ${colours.line}`,
  borderRadius: 8,
  background: colours.panel,
  color: colours.ink,
  font: '12px system-ui, sans-serif',
  padding: 8,
} as const

function Box({ data }: NodeProps<Node<{ label: string }>>) {
  return (
    <div style={boxStyle}>
      <Handle type="source" position={Position.Right} style={{ opacity: 0 }} />
      {data.label}
      <Handle type="target" position={Position.Left} style={{ opacity: 0 }} />
    </div>
  )
}

const nodeTypes = { box: Box }
const edgeTypes = { link: way === 'svg' ? SvgPacketsEdge : PlainEdge }

/** What the packet layer does for the view while it moves, for the other way too. */
function LiftedView() {
  const store = useStoreApi()
  useEffect(() => {
    const view = document.querySelector<HTMLElement>('.react-flow__viewport')
    return view ? liftWhileMoving(store, view) : undefined
  }, [store])
  return null
}

function Page() {
  const [packets, setPackets] = useState(0)
  useEffect(() => {
    setSvgPackets = setPackets
    layer.setLook(colours, query.has('calm'))
    layer.setLinks(graph.links)
  }, [])
  const svgPackets = useMemo(() => {
    const each = Math.floor(packets / graph.links.length)
    const rest = packets - each * graph.links.length
    return { each, rest: new Set(graph.links.slice(0, rest).map(({ id }) => id)) }
  }, [packets])
  return (
    <div style={{ height: '100%', background: colours.canvas }}>
      <SvgPackets.Provider value={svgPackets}>
        <ReactFlow
          defaultNodes={graph.nodes}
          defaultEdges={graph.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          defaultViewport={home}
          minZoom={0.1}
          onInit={(instance) => {
            flow = instance
            window.bench = bench
          }}
        >
          {way === 'layer' ? (
            <PacketSurface layer={layer} startWorker={startWorker} />
          ) : (
            <LiftedView />
          )}
        </ReactFlow>
      </SvgPackets.Provider>
    </div>
  )
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<Page />)
