import { expect, it } from 'vitest'
import { isOwn } from './trusted-types'

const page = { href: 'http://127.0.0.1:5000/?token=0', protocol: 'http:', host: '127.0.0.1:5000' }

it.each(['/assets/worker-1.js', 'assets/worker-1.js', 'http://127.0.0.1:5000/assets/worker-1.js'])(
  'knows the app’s own files: %s',
  (address) => expect(isOwn(address, page)).toBe(true),
)

it.each([
  'data:text/javascript,1',
  'blob:http://127.0.0.1:5000/1',
  'javascript:1',
  '//127.0.0.1:5001/worker.js',
  'https://127.0.0.1:5000/worker.js',
])('knows what is not: %s', (address) => expect(isOwn(address, page)).toBe(false))
