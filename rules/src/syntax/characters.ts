/** Whether a name may begin with this code point (DMN 1.5 §10.3.1.2 rule 28). */
export function isNameStart(point: number): boolean {
  if (point < 128) {
    return (point >= 97 && point <= 122) || (point >= 65 && point <= 90) || point === 95
  }
  return (
    (point >= 0xc0 && point <= 0x2ff && point !== 0xd7 && point !== 0xf7) ||
    (point >= 0x370 && point <= 0x1fff && point !== 0x37e && point !== 0x1680) ||
    (point >= 0x200c && point <= 0x200d) ||
    (point >= 0x2070 && point <= 0x218f) ||
    (point >= 0x2c00 && point <= 0x2fef) ||
    (point >= 0x3001 && point <= 0xd7ff) ||
    (point >= 0xf900 && point <= 0xfdcf) ||
    (point >= 0xfdf0 && point <= 0xfffd && point !== 0xfeff) ||
    (point >= 0x10000 && point <= 0xeffff)
  )
}

/** Whether a name may go on with this code point (rule 29). */
export function isNamePart(point: number): boolean {
  return (
    isNameStart(point) ||
    (point >= 48 && point <= 57) ||
    point === 0xb7 ||
    (point >= 0x300 && point <= 0x36f) ||
    (point >= 0x203f && point <= 0x2040)
  )
}

/** Whether this UTF-16 unit is white space (rules 61 and 62). */
export function isSpace(unit: number): boolean {
  return (
    unit === 32 ||
    (unit >= 9 && unit <= 13) ||
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    unit === 0x180e ||
    (unit >= 0x2000 && unit <= 0x200b) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000 ||
    unit === 0xfeff
  )
}

/** A name with every run of white space as one space: how names are compared. */
export function collapseSpaces(name: string): string {
  if (!hasSpace(name)) return name
  let collapsed = ''
  let isPending = false
  for (let at = 0; at < name.length; at += 1) {
    if (isSpace(name.charCodeAt(at))) isPending = collapsed !== ''
    else {
      collapsed += (isPending ? ' ' : '') + name[at]
      isPending = false
    }
  }
  return collapsed
}

function hasSpace(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) if (isSpace(name.charCodeAt(at))) return true
  return false
}
