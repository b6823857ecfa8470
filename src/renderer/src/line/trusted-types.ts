// The page's policy lets no text become markup or code (page-headers.ts), with one exception, made here: a worker is
// started by the address of its file, which must be the app's own.

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string | undefined },
  ): unknown
}

/** Must be called before the page, or a worker, starts its first worker. Browsers without this kind of policy do not need it. */
export function allowOwnWorkers(): void {
  const factory = Reflect.get(globalThis, 'trustedTypes') as PolicyFactory | undefined
  factory?.createPolicy('default', {
    createScriptURL: (address) => (isOwn(address, globalThis.location) ? address : undefined),
  })
}

export function isOwn(
  address: string,
  page: Pick<Location, 'href' | 'protocol' | 'host'>,
): boolean {
  const { protocol, host } = new URL(address, page.href)
  return protocol === page.protocol && host === page.host
}
