import type { Result } from "./run.ts"

const columns = [
  ...(["fault", "mode", "sends", "acked", "lost", "duplicated", "inverted", "holes", "leaks"] as const),
  ...(["usedMs", "recoverMs", "worstAckMs", "ok"] as const),
] satisfies (keyof Result)[]

const cell = (value: Result[(typeof columns)[number]]): string => {
  if (value === null) return ""
  if (typeof value === "boolean") return value ? "yes" : "NO"
  return typeof value === "number" ? String(Math.round(value)) : value
}

export const table = (results: readonly Result[]): string => {
  const rows = [[...columns], ...results.map((result) => columns.map((name) => cell(result[name])))]
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows
    .map((row) =>
      row.map((text, i) => (i < 2 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join("  "),
    )
    .join("\n")
}
