/** What gateways count, summed over nodes. */
const sumOf = async (urls: readonly string[], names: readonly string[]): Promise<number[]> => {
  const sums = names.map(() => 0)
  for (const url of urls) {
    const text = await (await fetch(`${url}/metrics`)).text()
    for (const line of text.split("\n")) {
      const i = names.findIndex((name) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      if (i >= 0) sums[i] = (sums[i] ?? 0) + Number(line.slice(line.lastIndexOf(" ") + 1))
    }
  }
  return sums
}

/** What these counters rose by while something was done. */
export const during = async <T>(
  urls: readonly string[],
  names: readonly string[],
  work: () => Promise<T>,
): Promise<{ result: T; rose: number[] }> => {
  const before = await sumOf(urls, names)
  const result = await work()
  const after = await sumOf(urls, names)
  return { result, rose: after.map((value, i) => value - (before[i] ?? 0)) }
}

export const BATCHES = ["hearth_append_batch_sum", "hearth_append_batch_count"] as const
export const READS = ["hearth_resume_reads_total", "hearth_resume_heads_total"] as const
