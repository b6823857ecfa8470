// The product data in the packages: names, descriptions, and the kinds of files that it opens.
// package.json supplies the fields that it has.
import { join } from 'node:path'
import { ROOT, readJson } from '../lib/project.mjs'

const manifest = readJson(join(ROOT, 'package.json'))

export const NAME = manifest.name
export const PRODUCT_NAME = manifest.productName
export const VERSION = manifest.version
export const LICENSE = manifest.license
const DESCRIPTION = manifest.description
export const AUTHORS = 'The Roundabout authors'
export const COPYRIGHT = `Copyright (c) 2026 ${AUTHORS}`
/** Not a domain of anybody's: `io.github` is the prefix of projects without one. */
export const APP_ID = 'io.github.roundabout.lab'

/** The form that package managers want: short, no article, no full stop. */
export const SUMMARY = 'Desktop lab that shows a real reverse proxy at work'
export const LONG_DESCRIPTION = `${DESCRIPTION}
Every dot on the graph is one real message on a real TCP socket; while it is under way, its bytes have not been delivered.
Sessions can be stepped through, recorded and looked at again, and programs of one's own join in over one port of this machine.
Nothing leaves the machine: no account, no network, no configuration.`
export const KEYWORDS = [
  'proxy',
  'reverse proxy',
  'load balancing',
  'sockets',
  'TCP',
  'networking',
  'lab',
]

/** Files that open with a double click; `icon` names their drawing in resources/icons. */
export const FILE_TYPES = [
  {
    extension: 'roundabout',
    icon: 'recording',
    mimeType: 'application/x-roundabout-recording',
    name: 'Roundabout recording',
    /** The first bytes of such a file (src/shared/recording/format.ts). */
    beginsWith: 'RNDABOUT\\r\\n\\x1a\\n',
  },
  {
    extension: 'roundabout-scenario',
    icon: 'scenario',
    mimeType: 'application/x-roundabout-scenario+json',
    name: 'Roundabout scenario',
    subClassOf: 'application/json',
  },
  {
    extension: 'roundabout-lesson',
    icon: 'lesson',
    mimeType: 'application/x-roundabout-lesson+zip',
    name: 'Roundabout lesson',
    subClassOf: 'application/zip',
  },
]

/** The name of a package file, e.g. `roundabout-0.1.0-linux-x64.tar.gz`. */
export const packageFile = (system, arch, extension) =>
  `${NAME}-${VERSION}-${system}-${arch}.${extension}`
