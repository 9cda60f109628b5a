import type { Mode } from "./deployment.ts"

export interface Row {
  name: string
  mode: Mode
  value: number
  unit: string
  /** The same figure of the bare broadcast, or of the bare query, in the same run. null: there is none. */
  baseline: number | null
  ratio: number | null
}

const short = (n: number | null): string =>
  n === null ? "" : Math.abs(n) >= 100 ? Math.round(n).toLocaleString("en-US") : String(Number(n.toPrecision(3)))

export class Report {
  readonly #about: Record<string, unknown>
  readonly #rows: Row[] = []
  readonly warnings: string[] = []

  constructor(about: Record<string, unknown>) {
    this.#about = about
  }

  /** `baseline`: of this very figure; without it, what mode `baseline` measured under the same name. */
  add(mode: Mode, name: string, value: number, unit: string, baseline?: number): void {
    const bare = baseline ?? this.#rows.find((r) => r.mode === "baseline" && r.name === name)?.value ?? null
    const ratio = mode === "baseline" || bare === null || bare === 0 ? null : value / bare
    this.#rows.push({ name, mode, value, unit, baseline: mode === "baseline" ? null : bare, ratio })
    this.say(`${mode}: ${name}: ${short(value)} ${unit}${ratio === null ? "" : ` (${short(ratio)} ×)`}`)
  }

  warn(sentence: string): void {
    this.warnings.push(sentence)
    this.say(`! ${sentence}`)
  }

  get rows(): readonly Row[] {
    return this.#rows
  }

  say(line: string): void {
    console.error(line)
  }

  table(): string {
    const cells = [
      ["what", "mode", "value", "unit", "baseline", "ratio"],
      ...this.#rows.map((r) => [r.name, r.mode, short(r.value), r.unit, short(r.baseline), short(r.ratio)]),
    ]
    const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)))
    const line = (row: string[]) =>
      row.map((cell, i) => (i === 2 || i > 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join("  ")
    return [...cells.map(line), ...this.warnings.map((w) => `! ${w}`)].join("\n")
  }

  json(): string {
    return `${JSON.stringify({ about: this.#about, rows: this.#rows, warnings: this.warnings }, null, 2)}\n`
  }
}
