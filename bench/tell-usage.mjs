// Loaded before a program that is measured: tells on descriptor 3 what it took, when it ends.
import { writeSync } from 'node:fs'

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  // Kilobytes and microseconds; every thread counts.
  writeSync(3, JSON.stringify({ kilobytes: maxRSS, microseconds: userCPUTime + systemCPUTime }))
})
