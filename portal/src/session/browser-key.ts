/* The officer's key: made in this browser, never leaves it, kept for as long as its certificate is valid. */
import { type ClientSigner, webCryptoSigner } from '@renshe/client'
import { toBase64Url } from '@renshe/crypto'
import type { Api } from './api.ts'

interface KeptKey {
  readonly privateKey: CryptoKey
  readonly certificate: string
  /** UTC ms of the chain's clock. */
  readonly notAfter: number
}

/** With less left, an act that waits for its block might find its certificate over. */
const LEAST_LEFT_MS = 15 * 60_000

const [STORE, DATABASE] = ['keys', 'renshe-keys']

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function inStore<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await openDatabase()
  try {
    return await new Promise((resolve, reject) => {
      const request = work(database.transaction(STORE, mode).objectStore(STORE))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  } finally {
    database.close()
  }
}

/**
 * The signer of a session: the key of its certificate if this browser made it, else a new one that the
 * member's online CA certifies for at most 12 hours.
 *
 * @param account  names chain, member and officer
 *
 * A clock of a demonstration jumps over nights, and a certificate may be over between two acts.
 */
export async function signerOf(api: Api, account: string): Promise<ClientSigner> {
  const [kept, { certificate }, { time }] = await Promise.all([
    inStore('readonly', (store) => store.get(account)) as Promise<KeptKey | undefined>,
    api.get<{ certificate: string | null }>('/session'),
    api.get<{ time: number }>('/chain'),
  ])
  const isOwn = kept !== undefined && kept.certificate === certificate
  if (isOwn && kept.notAfter - time > LEAST_LEFT_MS) {
    return webCryptoSigner(kept.privateKey, kept.certificate)
  }
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign', 'verify'],
  )
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
  const certified = await api.post<{ certificate: string; notAfter: number }>('/session/key', {
    spki: toBase64Url(spki),
  })
  const key: KeptKey = { privateKey, ...certified }
  await inStore('readwrite', (store) => store.put(key, account))
  return webCryptoSigner(privateKey, certified.certificate)
}
