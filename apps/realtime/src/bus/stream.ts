/** What `XREAD` answers through ioredis: streams, their entries, each an id and its fields one after the other. */
export type RawRead = [stream: string, entries: RawEntry[]][]
export type RawEntry = [id: string, fields: string[]]

const split = (id: string): [number, number] => {
  const [ms = "0", seq = "0"] = id.split("-")
  return [Number(ms), Number(seq)]
}

/** Orders stream ids as Redis does: by milliseconds, then by number. */
export const compareIds = (a: string, b: string): number => {
  const [am, as] = split(a)
  const [bm, bs] = split(b)
  return am - bm || as - bs
}

export const idAfter = (id: string): string => {
  const [ms, seq] = split(id)
  return `${ms}-${seq + 1}`
}

export const field = (fields: readonly string[], name: string): string | undefined => {
  for (let i = 0; i + 1 < fields.length; i += 2) if (fields[i] === name) return fields[i + 1]
  return undefined
}

/** `XINFO STREAM`: a flat list in RESP2, pairs or an object in RESP3. */
export const readInfo = (raw: unknown): { last: string; first: string | null } => {
  const entries = new Map<string, unknown>()
  if (Array.isArray(raw)) for (let i = 0; i + 1 < raw.length; i += 2) entries.set(String(raw[i]), raw[i + 1])
  else for (const [key, value] of Object.entries(raw as object)) entries.set(key, value)
  const first = entries.get("first-entry")
  return {
    last: String(entries.get("last-generated-id")),
    first: Array.isArray(first) ? String(first[0]) : null,
  }
}
