import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemBalancers } from './find-balancers.mjs'

const NJS = '/usr/lib/nginx/modules/ngx_stream_js_module.so'
const MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so'
const only =
  (...paths) =>
  (candidate) =>
    paths.includes(candidate)

describe('systemBalancers', () => {
  it('looks where Debian has them, also if the path does not lead there', () => {
    const [nginx, haproxy] = [join('/usr/sbin', 'nginx'), join('/usr/sbin', 'haproxy')]
    const exists = only(nginx, haproxy, MODULE, NJS)
    expect(systemBalancers({ PATH: '/usr/bin' }, exists)).toEqual({
      nginx,
      haproxy,
      hasNjs: true,
    })
  })

  it('finds no nginx that lacks its stream module', () => {
    const exists = only(join('/usr/sbin', 'nginx'))
    expect(systemBalancers({}, exists)).toEqual({
      nginx: undefined,
      haproxy: undefined,
      hasNjs: false,
    })
  })
})
