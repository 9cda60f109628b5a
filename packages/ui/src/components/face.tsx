/** Without a picture a person has a tone, by id, and two initials. */
export const toneOf = (id: string): number => {
  let sum = 0
  for (const c of id) sum = (sum * 31 + (c.codePointAt(0) ?? 0)) >>> 0
  // The low bits of a product by an odd number repeat its factor's: mix before taking three of them.
  sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d) >>> 0
  return ((sum >>> 16) % 8) + 1
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })
/** Nothing is joined with what follows it before the first mark that combines. */
const LONE = /^[\x20-\u02ff](?:[\x20-\u02ff]|$)/
const firstOf = (word: string): string =>
  LONE.test(word) ? word.charAt(0) : (graphemes.segment(word)[Symbol.iterator]().next().value?.segment ?? "")

/** The first letters of the first and the last word, in capitals; one for a single word. */
export const initialsOf = (name: string): string => {
  const words = name.split(/[\s.,_-]+/u).filter((w) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(w))
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  if (!first) return firstOf(name.trim()).toUpperCase() || "?"
  return (firstOf(first) + (last ? firstOf(last) : "")).toUpperCase()
}

export type PresenceState = "online" | "phone" | "idle" | "dnd" | "offline" | "unknown"

// A disc, a phone, a moon, a bar, a ring: the shape says it as well as the colour.
const shapes: Record<Exclude<PresenceState, "unknown">, string> = {
  online: "M0 4.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z",
  phone:
    "M3 0h3a1.2 1.2 0 0 1 1.2 1.2v6.6a1.2 1.2 0 0 1-1.2 1.2h-3a1.2 1.2 0 0 1-1.2-1.2v-6.6a1.2 1.2 0 0 1 1.2-1.2ZM3 1.4v4.7h3v-4.7Z",
  idle: "M3.8 0A4.5 4.5 0 1 0 9 5.3 3.6 3.6 0 0 1 3.8 0Z",
  dnd: "M0 4.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0ZM2 3.7h5v1.6H2Z",
  offline: "M0 4.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0ZM2 4.5a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1 -5 0Z",
}

export const PresenceSign = ({ state, label }: { state: PresenceState; label: string }) =>
  state === "unknown" ? null : (
    <span className="pres" data-state={state} role="img" aria-label={label}>
      <svg viewBox="0 0 9 9" aria-hidden="true">
        <path fillRule="evenodd" d={shapes[state]} />
      </svg>
    </span>
  )

export type FaceSize = 18 | 20 | 24 | 28 | 32 | 36 | 48 | 64

type FaceProps = {
  id: string
  name: string
  /** What a drawn face is made from. */
  portrait?: string | undefined
  size?: FaceSize
  title?: boolean
  presence?: PresenceState
  /** What the presence means, for whoever cannot see its sign. */
  presenceLabel?: string
}

/** A person. Round, always. The name stands beside it for whoever cannot see it; `title` where it does not. */
export const Face = ({ id, name, portrait, size, presence, presenceLabel = "", title = false }: FaceProps) => (
  <span
    className={size ? `face f${size}` : "face"}
    data-tone={toneOf(id)}
    {...(title && { title: name, role: "img", "aria-label": name })}
  >
    {/* Drawn by the sheet: the letters are a picture, and the name stands beside it. */}
    <span
      className="ini"
      aria-hidden="true"
      // Under a portrait there is the tone alone, until the picture is here.
      data-letters={
        portrait === undefined ? (size && size <= 24 ? firstOf(initialsOf(name)) : initialsOf(name)) : undefined
      }
    />
    {portrait !== undefined && (
      <img className="portrait" src={`/portraits/${portrait}.svg`} alt="" decoding="async" draggable={false} />
    )}
    {presence && <PresenceSign state={presence} label={presenceLabel} />}
  </span>
)

/** A few people, overlapping. `label` names them as one: "Ada, Ben and 3 others"; without it their names stand beside them. */
export const Faces = ({
  people,
  label,
  size = 20,
  max = 4,
}: {
  people: readonly { id: string; name: string; portrait?: string | undefined }[]
  label?: string
  size?: FaceSize
  max?: number
}) => (
  <span className="faces" {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}>
    {people.slice(0, max).map((p) => (
      <Face key={p.id} id={p.id} name={p.name} portrait={p.portrait} size={size} />
    ))}
  </span>
)
