/**
 * The language in which a message is written down as a table: one line per element, in the order
 * of the standard, with its cardinality and its type. Reader, writer and TypeScript types are all
 * taken from the same table.
 */

/** The text of a simple element: what may stand there. */
export type LeafType = {
  readonly leaf: string
  /** An amount carries its currency in the attribute `Ccy`. */
  readonly isAmount?: true
  accepts(text: string): boolean
}

/** A leaf that is an amount with a currency. */
export type AmountType = LeafType & { readonly isAmount: true }

/** Exactly one of these elements stands there. */
export type Choice<E extends readonly Element[] = readonly Element[]> = { readonly choice: E }

/** What an element contains: text, a sequence of elements, or one of several. */
export type Content = LeafType | readonly Element[] | Choice

/** One element of a table. */
export type Element = {
  readonly tag: string
  readonly min: 0 | 1
  readonly max: number
  readonly content: Content
}

type One<T extends string, C extends Content> = {
  readonly tag: T
  readonly min: 1
  readonly max: 1
  readonly content: C
}
type Optional<T extends string, C extends Content> = {
  readonly tag: T
  readonly min: 0
  readonly max: 1
  readonly content: C
}
type Many<T extends string, C extends Content, Min extends 0 | 1> = {
  readonly tag: T
  readonly min: Min
  readonly max: 2
  readonly content: C
}

/** [1..1] */
export function one<const T extends string, const C extends Content>(
  tag: T,
  content: C,
): One<T, C> {
  return { tag, min: 1, max: 1, content }
}

/** [0..1] */
export function optional<const T extends string, const C extends Content>(
  tag: T,
  content: C,
): Optional<T, C> {
  return { tag, min: 0, max: 1, content }
}

/** [1..max] */
export function oneOrMore<const T extends string, const C extends Content>(
  tag: T,
  content: C,
  max: number,
): Many<T, C, 1> {
  return { tag, min: 1, max: max as 2, content }
}

/** [0..max] */
export function anyNumber<const T extends string, const C extends Content>(
  tag: T,
  content: C,
  max: number,
): Many<T, C, 0> {
  return { tag, min: 0, max: max as 2, content }
}

/** Exactly one of the elements. */
export function choice<const E extends readonly Element[]>(...elements: E): Choice<E> {
  return { choice: elements }
}

/** A decimal text and its currency code. */
export type IsoAmount = { readonly currency: string; readonly amount: string }

/** The TypeScript value of a content: what the reader tells and the writer takes. */
export type ValueOf<C extends Content> = C extends AmountType
  ? IsoAmount
  : C extends LeafType
    ? string
    : C extends Choice<infer E>
      ? { readonly [X in E[number] as X['tag']]?: ElementValue<X> }
      : C extends readonly Element[]
        ? SequenceValue<C>
        : never

type SequenceValue<C extends readonly Element[]> = {
  readonly [X in C[number] as X['min'] extends 1 ? X['tag'] : never]: ElementValue<X>
} & {
  readonly [X in C[number] as X['min'] extends 0 ? X['tag'] : never]?: ElementValue<X>
}

type ElementValue<X extends Element> = X['max'] extends 2
  ? readonly ValueOf<X['content']>[]
  : ValueOf<X['content']>

/** A message: its identifier, the element below `Document`, and the table of its content. */
export type MessageTable<Root extends string, C extends readonly Element[]> = {
  readonly message: string
  readonly root: Root
  readonly content: C
}

/** The namespace of a message. */
export function namespaceOf(message: string): string {
  return `urn:iso:std:iso:20022:tech:xsd:${message}`
}

/** Whether a content is text. */
export function isLeaf(content: Content): content is LeafType {
  return 'leaf' in content
}

/** The elements of a content that is not text. */
export function elementsOf(content: Content): readonly Element[] {
  if (isLeaf(content)) return []
  return 'choice' in content ? content.choice : content
}
