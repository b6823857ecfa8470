// Who may import whom. Each rule is a direction from the design, and `npm run lint` fails on a breach.

/** A rule: nothing under `from` may import anything under `to` except what lies under `but`. */
const never = (name, comment, from, to, but) => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from } : from,
  to: { path: to, ...(but === undefined ? {} : { pathNot: but }) },
})

/** Tests, and what only tests share. */
const TESTS = '([.]test[.]tsx?|[./]testing[.]ts)$'
/** What lies in the renderer's folder with this pattern, without tests. */
const renderer = (folder) => ({ path: `^src/renderer/src/${folder}`, pathNot: TESTS })
/** A folder of the renderer above the layers that all features share, and below the shell. */
const FEATURE = '(?!(?:line|lab|past|choices|ui|actions|shell)/)[^/]+/'
/** Node's own modules, which the cruiser names without a folder, and everything from npm. */
const OUTSIDE = '^(?!src/|tests/|scripts/)'
const NPM = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`
const TEST_TOOLS = NPM('vitest', 'fast-check')

/** The engine's folders, from the lowest up. Those in a row do not know one another. */
const ENGINE_LAYERS = [
  ['clock'],
  ['net', 'protocol', 'story'],
  ['links', 'pools', 'guests'],
  ['proxy'],
  ['actors'],
  ['foreign'],
  ['commands'],
]
/**
 * A rule for each layer that has others above. Rules about loops between folders would not do: the cruiser follows tests
 * there as well, and finds loops through them.
 */
const engineLayers = ENGINE_LAYERS.slice(0, -1).map((folders, layer) => {
  const above = ENGINE_LAYERS.slice(layer + 1).flat()
  return never(
    `engine-${folders.join('-')}-below-${ENGINE_LAYERS[layer + 1].join('-')}`,
    'The folders of the engine stand one on another: none imports one beside it, or above.',
    { path: `^src/main/engine/(${folders.join('|')})/`, pathNot: TESTS },
    `^src/main/engine/(${[...folders, ...above].join('|')})/`,
    '^src/main/engine/$1/',
  )
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-is-found',
      comment: 'An import that resolves to nothing would escape every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    never(
      'shared-stands-alone',
      'shared/ is pure TypeScript: it imports nothing outside itself but valibot and jsonc-parser.',
      { path: '^src/shared/', pathNot: TESTS },
      '.*',
      ['^src/shared/', NPM('valibot', 'jsonc-parser')],
    ),
    never(
      'engine-knows-no-host',
      'engine/ knows neither Electron nor the screen: it imports shared/, rate limits and Node.',
      { path: '^src/main/engine/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      ['^src/main/engine/', '^src/main/token-bucket[.]ts$', '^src/shared/'],
    ),
    never(
      'sockets-only-in-net',
      'engine/net/ is the only place that touches sockets; it has an in-memory twin for tests.',
      { path: '^src/main/engine/', pathNot: ['^src/main/engine/net/', TESTS] },
      '^(node:)?(net|tls|dgram|http|https|http2)$',
    ),
    never(
      'decisions-without-io',
      "The proxy's core, its parts and the pools decide; only the host and its connections perform.",
      {
        path: '^src/main/engine/(proxy|pools)/',
        pathNot: [
          TESTS,
          '^src/main/engine/proxy/(host|client-connection|server-connection|check-connection|outside-programs|outside-verdicts)[.]ts$',
        ],
      },
      [OUTSIDE, '^src/main/engine/'],
      [
        '^src/main/engine/(pools/|proxy/(?!host|client-connection|server-connection|check-connection|outside-programs|outside-verdicts))',
        '^src/main/engine/clock/random[.]ts$',
      ],
    ),
    ...engineLayers,
    never(
      'engine-has-one-door',
      'The shells see the engine through its index.ts only.',
      {
        path: '^src/main/(desktop|headless|web|room|compare|check|lessons|programs|log|index)',
        pathNot: TESTS,
      },
      '^src/main/engine/',
      '^src/main/engine/index[.]ts$',
    ),
    never(
      'log-for-both-shells',
      'The log serves the desktop app and the headless host alike: it knows neither, nor Electron itself.',
      { path: '^src/main/log/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      ['^src/main/(log|engine)/', '^src/main/token-bucket[.]ts$', '^src/shared/'],
    ),
    never(
      'compare-knows-no-host',
      'Both shells may have labs compared: compare/ knows neither, nor Electron.',
      { path: '^src/main/compare/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      ['^src/main/(compare/|engine/index[.]ts$)', '^src/shared/', NPM('valibot')],
    ),
    never(
      'check-knows-no-host',
      'The app and the command line may both have programs checked: check/ knows neither, nor Electron.',
      { path: '^src/main/check/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      ['^src/main/(check/|(engine|programs)/index[.]ts$)', '^src/shared/', NPM('valibot')],
    ),
    never(
      'web-knows-no-host',
      'What serves pages to browsers serves the headless host and the class alike: web/ knows neither, nor Electron.',
      { path: '^src/main/web/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      [
        '^src/main/(web/|(engine|compare|check|log)/index[.]ts$|token-bucket[.]ts$)',
        '^src/shared/',
        NPM('valibot', 'ws', '@types/ws'),
      ],
    ),
    never(
      'room-knows-no-host',
      'Both shells may open the lab to a class: room/ knows neither, nor Electron.',
      { path: '^src/main/room/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      [
        '^src/main/(room/|web/|(engine|log)/index[.]ts$|(plain-text|token-bucket)[.]ts$)',
        '^src/shared/',
        NPM('valibot', 'ws', '@types/ws'),
      ],
    ),
    never(
      'room-has-one-door',
      'Others see the class through its index.ts only.',
      { path: '^src/main/(?!room/)', pathNot: TESTS },
      '^src/main/room/',
      '^src/main/room/index[.]ts$',
    ),
    never(
      'lessons-know-no-host',
      'Both shells play lessons: lessons/ knows neither, nor Electron.',
      { path: '^src/main/lessons/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      [
        '^src/main/(lessons/|(engine|check)/index[.]ts$|plain-text[.]ts$)',
        '^src/shared/',
        NPM('valibot', 'yaml', 'fflate', 'mdast-util-[^/]+', 'mdast', '@types/mdast'),
      ],
    ),
    never(
      'lessons-have-one-door',
      'Others see lessons/ through its index.ts only.',
      { path: '^src/main/(?!lessons/)', pathNot: TESTS },
      '^src/main/lessons/',
      '^src/main/lessons/index[.]ts$',
    ),
    never(
      'programs-know-no-use',
      'Whoever starts other programs may use programs/: it knows none of them, and no engine.',
      { path: '^src/main/programs/', pathNot: TESTS },
      ['^src/', '(^|/)node_modules/', '^electron$'],
      ['^src/main/programs/', '^src/shared/'],
    ),
    never(
      'programs-have-one-door',
      'Others see programs/ through its index.ts only.',
      { path: '^src/main/(?!programs/)', pathNot: TESTS },
      '^src/main/programs/',
      '^src/main/programs/index[.]ts$',
    ),
    never(
      'desktop-not-headless',
      'The two shells do not know each other.',
      '^src/main/(desktop/|index[.])',
      '^src/main/headless/',
    ),
    never('headless-not-desktop', 'The two shells do not know each other.', '^src/main/headless/', [
      '^src/main/(desktop/|index[.])',
      '(^|/)node_modules/electron(/|$)',
      '^electron$',
    ]),
    never(
      'cli-by-doors',
      'The command line puts the parts together: it sees each of them through its index.ts only, and no window.',
      { path: '^src/main/cli/', pathNot: TESTS },
      ['^src/', '^electron$', '(^|/)node_modules/'],
      [
        '^src/main/(cli|options)/',
        '^src/main/(engine|compare|check|headless|lessons|programs|room)/index[.]ts$',
        '^src/shared/',
        NPM('valibot'),
      ],
    ),
    never(
      'nobody-imports-the-cli',
      'The command line is a program of its own.',
      '^src/main/(?!cli/)',
      '^src/main/cli/',
    ),
    never(
      'main-not-renderer',
      'The screen is not part of the main process.',
      '^src/(main|preload)/',
      '^src/renderer/',
    ),
    never(
      'preload-is-thin',
      'The sandboxed preload script has Electron and the contract, nothing else.',
      '^src/preload/',
      '.*',
      ['^src/preload/', '^src/shared/', '(^|/)node_modules/electron(/|$)', '^electron$'],
    ),
    never(
      'renderer-not-main',
      'The renderer knows the engine by its events and the contract only, and has no Node.',
      { path: '^src/renderer/', pathNot: TESTS },
      ['^src/(main|preload)/', '(^|/)node_modules/(electron|ws|sirv)(/|$)', '^electron$'],
    ),
    {
      name: 'renderer-no-node',
      comment: 'The renderer runs in a browser.',
      severity: 'error',
      from: { path: '^src/(renderer|shared)/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    never(
      'line-and-choices-first',
      'How to reach the engine, and what the person has chosen, stand on nothing else of the renderer.',
      renderer('(line|choices)/'),
      '^src/renderer/src/',
      '^src/renderer/src/$1/',
    ),
    never(
      'lab-then-past',
      'The live state knows no moment but its own: past/ stands on lab/.',
      renderer('lab/'),
      '^src/renderer/src/',
      '^src/renderer/src/(line|choices|lab)/',
    ),
    never(
      'past-not-screen',
      'The stores are drawn by the features and do not know them.',
      renderer('past/'),
      '^src/renderer/src/',
      '^src/renderer/src/(line|choices|lab|past)/',
    ),
    never(
      'ui-not-actions',
      'The parts in ui/ are given what they do.',
      renderer('ui/'),
      '^src/renderer/src/',
      '^src/renderer/src/(line|choices|lab|past|ui)/',
    ),
    never(
      'actions-not-features',
      'An action knows no view that offers it.',
      renderer('actions/'),
      '^src/renderer/src/',
      '^src/renderer/src/(line|choices|lab|past|ui|actions)/',
    ),
    never(
      'features-not-shell',
      'The shell arranges the features, which stand without it.',
      renderer(FEATURE),
      ['^src/renderer/src/shell/', '^src/renderer/src/[^/]+$'],
    ),
    never(
      'features-by-index',
      'What a feature gives to others stands in its index.ts; its style sheet may be loaded beside it.',
      renderer('([^/]+)(/|$)'),
      `^src/renderer/src/${FEATURE}`,
      ['^src/renderer/src/$1/', '^src/renderer/src/[^/]+/index[.]ts$', '[.]css$'],
    ),
    {
      name: 'no-feature-loops',
      comment: 'Two features that need each other are one, or share a part of a lower layer.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/renderer/src/[^/]+$' },
      to: { circular: true, path: '^src/renderer/src/[^/]+$' },
    },
    never(
      'room-page-is-small',
      'The page for phones shares the colours with the app, and nothing else: it must load fast in a crowded hall.',
      renderer('room-page/'),
      ['^src/renderer/src/', '(^|/)node_modules/'],
      [
        '^src/renderer/src/(room-page|ui/theme)/',
        NPM('react', 'react-dom', 'zustand', '@types/react', '@types/react-dom'),
      ],
    ),
    never(
      'packets-alone',
      'The packet layer stands apart from what surrounds the canvas.',
      renderer('canvas/packets/'),
      `^src/renderer/src/(actions/|${FEATURE})`,
      '^src/renderer/src/canvas/',
    ),
    never(
      'tests-stay-tests',
      'What ships imports no test, nothing that only tests share, and no test tool.',
      { path: '^src/', pathNot: TESTS },
      ['^tests/', TEST_TOOLS, TESTS],
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Types count: a type from the wrong side is a dependency too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.css', '.json'] },
  },
}
