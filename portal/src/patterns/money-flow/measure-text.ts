/* Widths of texts in the type of the page: what is drawn must fit before it is painted. */
import { textWidth } from './flow-layout.ts'

let context: CanvasRenderingContext2D | null | undefined

/**
 * Width of a text, CSS pixels.
 *
 * @param size  of the type, CSS pixels
 */
export function measuredWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  context ??= document.createElement('canvas').getContext('2d')
  if (context === null) return textWidth(text, size)
  context.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`
  return context.measureText(text).width
}
