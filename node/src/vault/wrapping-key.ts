import {
  type Bytes,
  concatBytes,
  fromHex,
  SealBroken,
  type SuiteId,
  symmetricKeyId,
  toHex,
  unwrap,
  type WrapContext,
  wrap,
} from '@renshe/crypto'

const KEY_ID_BYTES = 16

/** V or R: wraps under the current key, opens what it and its forerunners wrapped. */
export interface WrappingKey {
  readonly suite: SuiteId
  /** Hex id of the current key. */
  readonly keyId: string
  /** Whether a wrap is under the current key. */
  isCurrent(stored: Bytes): boolean
  /** The id of the key in front of the wrap. */
  wrap(context: WrapContext, secret: Bytes): Bytes
  /** Throws `SealBroken` for another context, an unknown key, or one changed byte. */
  unwrap(context: WrapContext, stored: Bytes): Bytes
}

/**
 * Makes a wrapping key.
 *
 * @param current  32 bytes
 * @param older    keys whose wraps may still lie in the store
 */
export function wrappingKey(
  suite: SuiteId,
  current: Bytes,
  older: readonly Bytes[] = [],
): WrappingKey {
  const keys = new Map([...older, current].map((key) => [symmetricKeyId(suite, key), key]))
  const keyId = symmetricKeyId(suite, current)
  const keyIdBytes = fromHex(keyId)
  return {
    suite,
    keyId,
    isCurrent: (stored) => toHex(stored.subarray(0, KEY_ID_BYTES)) === keyId,
    wrap: (context, secret) => concatBytes(keyIdBytes, wrap(suite, current, context, secret)),
    unwrap: (context, stored) => {
      const key = keys.get(toHex(stored.subarray(0, KEY_ID_BYTES)))
      if (key === undefined) throw new SealBroken('wrap')
      return unwrap(suite, key, context, stored.subarray(KEY_ID_BYTES))
    },
  }
}
