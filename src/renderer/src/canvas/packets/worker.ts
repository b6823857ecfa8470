// The packet worker: the one animation loop. It draws while something moves or fades, and then stops.
import { Afterglow } from './afterglow'
import { type ClockReading, epochNow, simTime } from './clock-reading'
import type { FromWorker, Palette, Surface, ToWorker } from './messages'
import { PacketScene } from './packet-scene'
import { Painter } from './painter'
import type { Region } from './region'

/** The time between pictures with reduced motion. */
const CALM_MS = 250
/**
 * The least time between pictures of which nothing glides: packets come and go within two frames, and glows and crosses fade.
 * At 60 frames a second that is every other one.
 */
const BRIEF_PICTURES_MS = 25
/** All else is drawn in the next frame: a link that is dragged, say. */
const TRAFFIC: ReadonlySet<ToWorker['type']> = new Set(['packets', 'pulses', 'losses'])

const scene = new PacketScene()
const afterglow = new Afterglow()
const painters: Painter[] = []
/** The region that each canvas shows; undefined: the canvas is not visible. */
const regions: (Region | undefined)[] = [undefined, undefined]
/** Canvases with a new region: those not drawn yet, and those drawn in the last frame. */
const asked: Surface[] = []
const drawn: Surface[] = []
let palette: Palette | undefined
let clock: ClockReading = { simMs: 0, epochMs: 0, speed: 0 }
let selected = -1
let scheduled = false
/** When the last picture was drawn, if nothing glided in it. */
let brieflyDrawnAt = Number.NEGATIVE_INFINITY
let waiting: ReturnType<typeof setTimeout> | undefined

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  take(event.data)
  if (!TRAFFIC.has(event.data.type)) brieflyDrawnAt = Number.NEGATIVE_INFINITY
  schedule()
})

function take(message: ToWorker): void {
  switch (message.type) {
    case 'surfaces':
      for (const canvas of message.canvases) {
        const context = canvas.getContext('2d')
        if (context) painters.push(new Painter(context))
      }
      return
    case 'show':
      painters[message.surface]?.resize(message.region.width, message.region.height)
      regions[message.surface] = message.region
      asked.push(message.surface)
      return
    case 'hide':
      regions[message.surface] = undefined
      return
    case 'look':
      palette = message.palette
      scene.reducedMotion = message.reducedMotion
      afterglow.calm = message.reducedMotion
      return
    case 'clock':
      clock = message.clock
      return
    case 'links':
      scene.curves.replace(message.numbers)
      return
    case 'packets':
      if (message.all) scene.table.clear()
      scene.table.apply(message.changes)
      return
    case 'losses':
      afterglow.lose(message.losses, epochNow())
      return
    case 'pulses':
      afterglow.pulse(message.pulses, epochNow())
      return
    case 'select':
      selected = message.slot
      return
  }
}

function schedule(): void {
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(draw)
}

function draw(): void {
  scheduled = false
  // A canvas drawn in the previous frame has reached the screen's compositor by now.
  for (const surface of drawn.splice(0)) {
    const reply: FromWorker = { type: 'shown', surface }
    postMessage(reply)
  }
  if (!palette) return
  const now = epochNow()
  if (asked.length === 0 && now - brieflyDrawnAt < BRIEF_PICTURES_MS) {
    schedule()
    return
  }
  const moving = scene.place(simTime(clock, now)) && clock.speed > 0
  const fading = afterglow.fade(now)
  const picture = { scene, afterglow, palette, selected, now, paused: clock.speed === 0 }
  painters.forEach((painter, surface) => {
    const region = regions[surface]
    if (region) painter.paint(picture, region)
  })
  brieflyDrawnAt = scene.isBrief(clock.speed) ? now : Number.NEGATIVE_INFINITY
  drawn.push(...asked.splice(0))
  if (drawn.length > 0) schedule()
  else if (moving || fading) scheduleNext()
}

function scheduleNext(): void {
  if (!scene.reducedMotion) {
    schedule()
    return
  }
  clearTimeout(waiting)
  waiting = setTimeout(schedule, CALM_MS)
}
