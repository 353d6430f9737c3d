/* Starts and ends the server of a host. */
import type { AddressInfo } from 'node:net'
import type { Host } from '../host.ts'
import { type ApiSettings, createApi } from './create-api.ts'

/** Where and how a host is served. */
export interface ServeSettings extends Omit<ApiSettings, 'host'> {
  /** 0: a free one. */
  readonly port: number
  /** Address to listen on; the loopback unless told. */
  readonly address?: string
}

/** A server at work. */
export interface Served {
  readonly port: number
  readonly url: string
  /** Takes no more requests and waits for those under way; the host goes on. */
  readonly stop: () => Promise<void>
}

/** Serves the API of a host until `stop`; the host itself is stopped by whoever opened it. */
export async function serve(host: Host, settings: ServeSettings): Promise<Served> {
  const { port: wanted, address = '127.0.0.1', onLog, ...more } = settings
  const app = createApi({ host, ...more, ...(onLog === undefined ? {} : { onLog }) })
  await app.listen({ port: wanted, host: address })
  const { port } = app.server.address() as AddressInfo
  const time = () => new Date().toISOString()
  onLog?.({ time: time(), level: 'info', event: 'started', port })
  const stop = async (): Promise<void> => {
    await app.close()
    onLog?.({ time: time(), level: 'info', event: 'stopped', port })
  }
  const scheme = settings.tls === undefined ? 'http' : 'https'
  return { port, url: settings.publicUrl ?? `${scheme}://${address}:${port}`, stop }
}
