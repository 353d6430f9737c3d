/* The few drawings that are used everywhere; each is decoration beside a word. */

const DRAWINGS = {
  check: 'M3 8.5l3.3 3.3L13 5',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  lock: 'M4.8 7h6.4A1.8 1.8 0 0113 8.8v3.4A1.8 1.8 0 0111.2 14H4.8A1.8 1.8 0 013 12.200V8.800A1.8 1.8 0 014.800 7zM5.300 7V5a2.700 2.700 0 015.400 0v2',
  clock: 'M8 1.8a6.200 6.200 0 110 12.400A6.200 6.200 0 018 1.800zM8 4.500V8l2.400 1.600',
  down: 'M8 2.500v7M5 7l3 3 3-3M3 13h10',
  up: 'M8 10V3M5 5.500l3-3 3 3M3 10v3h10v-3',
  alert: 'M8 2.500l6 11H2zM8 6.500v3.500M8 11.700v.3',
  person:
    'M8 2.800a2.500 2.500 0 110 5 2.500 2.500 0 010-5zM3 14c.6-3 2.500-4.200 5-4.200s4.400 1.200 5 4.200',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  table: 'M2.500 3.500h11v9h-11zM2.500 6.500h11M6.500 6.500v6',
  play: 'M5 3.500l7 4.500-7 4.500z',
} as const

/** Name of a drawing. */
export type IconName = keyof typeof DRAWINGS

/** A drawing of 16 × 16 units in the colour of the text beside it. */
export function Icon({ name, size = 14 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={DRAWINGS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
