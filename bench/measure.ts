import { readFileSync } from "node:fs"

/** Milliseconds of a clock that all processes of one machine share. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

export interface Quantiles {
  p50: number
  p95: number
  p99: number
  count: number
}

/** Samples in a buffer that grows by itself: millions of numbers without as many objects. */
export class Samples {
  #values = new Float64Array(4096)
  #length = 0

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  get count(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
  }

  quantiles(): Quantiles {
    const sorted = this.#values.slice(0, this.#length).sort()
    const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: this.#length }
  }
}

/** Proportional set size of a process in bytes: shared pages count by their share. */
export const pssOf = (pid: number): number => {
  const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))
  return Number(line?.[1] ?? 0) * 1024
}

const TICKS_PER_SECOND = 100

/** CPU that a process and those it started have used so far, in ms. A process that has gone counts nothing. */
export const cpuOf = (pids: readonly number[]): number => {
  let ticks = 0
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      // utime, stime, and what children took that have ended: fields 14 to 17 of proc(5), counted from the state as 3.
      for (const i of [11, 12, 13, 14]) ticks += Number(fields[i] ?? 0)
    } catch {
      continue
    }
  }
  return (ticks * 1000) / TICKS_PER_SECOND
}

/** A process and all below it. */
export const familyOf = (pid: number): number[] => {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim()
    return [pid, ...(children === "" ? [] : children.split(" ").flatMap((child) => familyOf(Number(child))))]
  } catch {
    return []
  }
}
