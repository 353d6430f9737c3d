import { type Bytes, concatBytes, fromHex, sha256, toHex, u16, utf8 } from '@renshe/crypto'

/** One SHA-256 with the bytes it is of: anyone can compute it again without our software. */
export interface HashMade {
  /** For example `batch root`. */
  readonly name: string
  /** Hex. */
  readonly hash: string
  /** What was hashed, hex. */
  readonly of: string
}

/** Makes hashes and keeps what each was made of, in order. */
export class HashTrail {
  readonly made: HashMade[] = []

  /** SHA-256 over the parts, one after another. */
  make(name: string, ...parts: readonly Bytes[]): Bytes {
    const of = concatBytes(...parts)
    const hash = sha256(of)
    this.made.push({ name, hash: toHex(hash), of: toHex(of) })
    return hash
  }

  /** Commitment of a whole section (sealed-data section 5). */
  commit(
    name: string,
    {
      header,
      seed,
      content,
    }: { readonly header: Bytes; readonly seed: Bytes; readonly content: Bytes },
  ): Bytes {
    const headerHash = this.make(`${name} header`, sealedTag('header'), header)
    const salt = this.make(`${name} salt`, sealedTag('leaf'), seed, FIRST_LEAF)
    const root = this.make(`${name} content, salted`, LEAF, salt, content)
    return this.make(`${name} commitment`, sealedTag('section'), headerHash, root)
  }

  /** Hash of a leaf of a ledger tree: SHA-256(00 ‖ tag ‖ content). */
  leaf(name: string, label: string, content: Bytes): Bytes {
    return this.make(name, LEAF, ledgerTag(label), content)
  }

  /** Leaf of what a block wrote under a key; the value is hashed first. */
  write(name: string, key: Bytes, value: Bytes): Bytes {
    const hash = this.make(`${name}, value`, ledgerTag('value'), value)
    return this.leaf(name, 'write', concatBytes(u16(key.length), key, hash))
  }

  /**
   * Climbs from a leaf to the root of its tree (RFC 6962 section 2.1.1).
   *
   * @param path  sibling hashes from the leaf to the root, hex
   */
  climb(
    name: string,
    leaf: Bytes,
    { index, size, path }: { index: number; size: number; path: readonly string[] },
  ): Bytes {
    let [at, last, node] = [index, size - 1, leaf]
    path.forEach((hash, step) => {
      const sibling = fromHex(hash)
      const title = step === path.length - 1 ? name : `${name}, node ${step + 1}`
      if (at % 2 === 1 || at === last) {
        node = this.make(title, NODE, sibling, node)
        while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
      } else node = this.make(title, NODE, node, sibling)
      at = half(at)
      last = half(last)
    })
    return node
  }
}

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)
const FIRST_LEAF = new Uint8Array(4)

function half(value: number): number {
  return Math.floor(value / 2)
}

function sealedTag(label: string): Bytes {
  return utf8(`renshe/sealed/1/${label}\0`)
}

function ledgerTag(label: string): Bytes {
  return utf8(`renshe/${label}/1\0`)
}
