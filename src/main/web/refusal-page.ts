// The pages for browsers that are refused: what happened, and what to do. They contain nothing of
// the request.
import { createHash } from 'node:crypto'
import { MAX_SCREENS, MAX_VIEWERS } from '../../shared/limits'
import { pageHeaders } from '../../shared/page-headers'

interface PageText {
  title: string
  heading: string
  /** HTML, written in this file. */
  paragraphs: readonly string[]
}

const LOOK_IN_THE_TERMINAL =
  'Look in the terminal in which Roundabout was started for the line that begins with <code>Roundabout: http://</code>, and open that whole address, up to its last letter. Every start has a new one.'

/** For addresses without a token, with an old one, or with one that was cut off while copying. */
const NO_TOKEN: PageText = {
  title: 'Open the address from the terminal',
  heading: 'This address does not open Roundabout',
  paragraphs: [
    'Roundabout is running, but this page was opened without the key of the current run: the address is incomplete, or it is from an earlier run.',
    LOOK_IN_THE_TERMINAL,
    'For a second window, copy the address of a window that is open.',
  ],
}

const TOO_MANY_WINDOWS: PageText = {
  title: 'Too many windows',
  heading: 'Too many windows are open',
  paragraphs: [
    `Roundabout is running, and already has as many windows as it can serve: ${MAX_SCREENS}, of which viewers can have ${MAX_VIEWERS}.`,
    'Close one of them, and reload this page.',
  ],
}

const TOO_MANY_REQUESTS: PageText = {
  title: 'Too many requests',
  heading: 'Too many requests at once',
  paragraphs: [
    'A program is requesting more pages than Roundabout can serve.',
    'Wait a moment, and reload this page.',
  ],
}

const NOT_IN_CLASS: PageText = {
  title: 'Join the class first',
  heading: 'Join the class first',
  paragraphs: [
    'This page is for those who have joined the class, and the class may be another one by now.',
    '<a href="/">Go to the page of the class</a>, and enter the code that the instructor shows.',
  ],
}

const TOO_MANY_LABS: PageText = {
  title: 'Too many whole labs',
  heading: 'Too many have the whole lab open',
  paragraphs: [
    'As many devices as this computer can serve have the whole lab open.',
    '<a href="/">The page of the class</a> shows it in small, and you can vote there.',
  ],
}

// The app's own look, in a page that loads nothing.
const STYLE = `
:root { color-scheme: light dark; --canvas: #fafbfc; --panel: #fff; --ink: #171b22; --muted: #5a6372; --line: #dfe3e9; --fill: #eef1f5; --accent: #2f5bea }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #11151b; --panel: #151a21; --ink: #e9edf3; --muted: #98a3b3; --line: #262d38; --fill: #1c222b; --accent: #7c9bff }
}
* { box-sizing: border-box; margin: 0 }
body { display: grid; place-content: center; min-height: 100vh; padding: 24px; background: var(--canvas); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif }
main { max-width: 34rem; padding: 28px 32px; border: 1px solid var(--line); border-radius: 12px; background: var(--panel) }
header { display: flex; align-items: center; gap: 9px; margin-bottom: 18px; font-weight: 650 }
svg { width: 26px; height: 26px; color: var(--muted) }
.mark { color: var(--accent) }
h1 { margin-bottom: 10px; font-size: 21px; line-height: 1.3 }
p + p { margin-top: 10px }
code { padding: 1px 5px; border-radius: 4px; background: var(--fill); font: 0.92em ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
`

const page = ({ title, heading, paragraphs }: PageText): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Roundabout: ${title}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<svg viewBox="0 0 24 24" fill="none" stroke-width="2.4" aria-hidden="true">
<circle cx="12" cy="12" r="9" stroke="currentColor"/>
<g class="mark"><circle cx="12" cy="12" r="3.6" fill="currentColor"/><path d="M12 3a9 9 0 0 1 9 9" stroke="currentColor"/></g>
</svg>
Roundabout
</header>
<h1>${heading}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
</main>
</body>
</html>
`

export const REFUSAL_PAGES = {
  noToken: page(NO_TOKEN),
  tooManyWindows: page(TOO_MANY_WINDOWS),
  tooManyRequests: page(TOO_MANY_REQUESTS),
  notInClass: page(NOT_IN_CLASS),
  tooManyLabs: page(TOO_MANY_LABS),
} as const

/** Stricter than the app's own headers: these pages run no script and load only an empty icon. */
export const REFUSAL_HEADERS: Readonly<Record<string, string>> = {
  ...pageHeaders(),
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}
