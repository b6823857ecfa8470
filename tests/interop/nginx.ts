// The real nginx: which servers does it give a connection to?
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../src/main/programs'
import { Balancer, HOST, type NamedServer } from './balancers'

const { NGINX_PATH = '' } = process.env
/** Where Debian's packages put what is no part of the program itself. */
const NGINX_MODULES = '/usr/lib/nginx/modules'

export const hasNginx = NGINX_PATH !== ''

/** What nginx says about a connection that has closed. */
interface Given {
  /** nginx's clock when it came, in ms. */
  readonly at: number
  /** The servers that it was given to, one after another; the last one took it, or there is `''`: nobody was left. */
  readonly tried: readonly string[]
}

export class Nginx extends Balancer {
  private names: ReadonlyMap<string, string> = new Map()

  /**
   * `method`: the directive that names the algorithm in nginx's upstream block, such as `least_conn;`. A hash uses the key
   * `$proxy_protocol_addr`: it comes from a header of the PROXY protocol, and may be any text of hexadecimal digits, dots
   * and colons.
   */
  static async start(
    servers: readonly NamedServer[],
    weights: readonly number[],
    method: string,
    { maxFails, failTimeout = '1h', backups }: Fails,
  ): Promise<Nginx> {
    const nginx = new Nginx()
    await nginx.begin()
    nginx.names = new Map(servers.map(({ name, port }) => [`${HOST}:${port}`, name]))
    const lines = servers.map(
      ({ port }, index) =>
        `server ${HOST}:${port} weight=${weights[index]} max_fails=${maxFails} fail_timeout=${failTimeout}${
          index < servers.length - backups ? '' : ' backup'
        };`,
    )
    const listen = method.includes('proxy_protocol') ? ' proxy_protocol' : ''
    const file = join(nginx.folder, 'nginx.conf')
    const door = await freePort()
    await writeFile(
      file,
      `load_module ${NGINX_MODULES}/ngx_stream_module.so;
daemon off; master_process off; pid ${nginx.folder}/pid; error_log stderr crit;
events { worker_connections 256; }
stream {
  log_format given '$msec $session_time $upstream_addr';
  access_log ${nginx.folder}/given given;
  upstream pool { ${method} ${lines.join(' ')} }
  server { listen ${HOST}:${nginx.port}${listen}; proxy_pass pool; proxy_connect_timeout 2s; }
  server { listen ${HOST}:${door}; access_log off; return open; }
}
`,
    )
    await nginx.run(NGINX_PATH, ['-p', nginx.folder, '-e', 'stderr', '-c', file], door)
    return nginx
  }

  /** A connection that is closed at once: nginx has written its line before the client sees the end. */
  async give(): Promise<Given> {
    const { name, close } = await this.hold()
    await close()
    const lines = (await readFile(join(this.folder, 'given'), 'utf8')).trimEnd().split('\n')
    const [ended = '', took = '', ...addresses] = (lines.at(-1) ?? '').split(/,? /)
    const tried = addresses.map((address) => this.names.get(address) ?? '')
    if (tried.at(-1) !== name) throw new Error(`nginx says ${tried}; ${name} has answered.`)
    return { at: Math.round(1_000 * (Number(ended) - Number(took))), tried }
  }
}

interface Fails {
  readonly maxFails: number
  /** As nginx writes times. */
  readonly failTimeout?: string
  /** How many of the last servers are backups. */
  readonly backups: number
}
