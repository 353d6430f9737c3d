/* Published unit values over time as steps; the table below says the same. */
import { useWords } from '../../../words/locale.tsx'
import type { UnitValue } from './use-unit-values.ts'
import { valuationWords } from './words.ts'

const [WIDTH, HEIGHT, LEFT, FOOT] = [960, 150, 8, 24]

/** Draws at least two values, the oldest at the left. Positions only: the numbers themselves stay texts. */
export function NavLine({ values }: { readonly values: readonly UnitValue[] }) {
  const say = useWords(valuationWords)
  const inOrder = [...values].reverse()
  if (inOrder.length < 2) return null
  const numbers = inOrder.map(({ fields }) => Number(fields.unitNav))
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  const span = most - least || 1
  const step = (WIDTH - LEFT - 90) / Math.max(1, inOrder.length - 1)
  const x = (index: number): number => LEFT + 34 + index * step
  const y = (value: number): number => 26 + (HEIGHT - FOOT - 44) * (1 - (value - least) / span)
  const path = numbers
    .map((value, index) => (index === 0 ? `M${x(0)} ${y(value)}` : `H${x(index)}V${y(value)}`))
    .join('')
  const isDense = inOrder.length > 12
  return (
    <svg
      className="nav-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={say('chart')}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="nav-base" />
      <path d={path} className="nav-path" />
      {inOrder.map((value, index) => {
        const isEdge = index === 0 || index === inOrder.length - 1
        const at = numbers[index] ?? 0
        return (
          <g key={value.day}>
            <circle cx={x(index)} cy={y(at)} r="3.5" className="nav-dot" />
            {isDense && !isEdge ? null : (
              <>
                <text x={x(index)} y={y(at) - 10} className="nav-value">
                  {value.fields.unitNav}
                </text>
                <text x={x(index)} y={HEIGHT - 7} className="nav-day">
                  {value.day}
                </text>
              </>
            )}
          </g>
        )
      })}
    </svg>
  )
}
