/** Attributes of an element; `text` becomes its content, `on` its listeners. */
export type Attributes = {
  readonly text?: string
  readonly on?: { readonly [event: string]: (event: Event) => void }
} & { readonly [name: string]: unknown }

const SVG = 'http://www.w3.org/2000/svg'

/** Makes an element. Text is only ever set as text: a file can never bring markup into the page. */
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (Node | string | null)[]
): HTMLElement {
  const made = document.createElement(tag)
  apply(made, attributes, children)
  return made
}

/** Makes an element of a drawing. */
export function drawing(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (Node | string | null)[]
): Element {
  const made = document.createElementNS(SVG, tag)
  apply(made, attributes, children)
  return made
}

function apply(
  made: Element,
  { text, on, ...attributes }: Attributes,
  children: readonly (Node | string | null)[],
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value))
  }
  for (const [event, listener] of Object.entries(on ?? {})) made.addEventListener(event, listener)
  if (text !== undefined) made.textContent = text
  for (const child of children) if (child !== null) made.append(child)
}

const ICONS = {
  tick: 'M3 8.5l3.3 3.3L13 5',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  upload: 'M8 10V2.5M5 5.5l3-3 3 3M2.5 10v3.500h11V10',
  shield:
    'M8 1.500l5.500 2v4.200c0 3.300-2.300 5.700-5.500 6.800-3.200-1.100-5.500-3.500-5.500-6.800V3.500z',
  note: 'M8 5v4M8 11.200v.1M8 1.500a6.500 6.500 0 100 13 6.500 6.500 0 000-13z',
} as const

/** One of the page's few line icons; the words beside it say the same. */
export function icon(name: keyof typeof ICONS, size = 14): Element {
  const stroke = { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8 }
  return drawing(
    'svg',
    { viewBox: '0 0 16 16', width: size, height: size, 'aria-hidden': 'true' },
    drawing('path', {
      d: ICONS[name],
      ...stroke,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  )
}
