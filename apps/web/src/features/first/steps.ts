import type { Bootstrap, GuildSnapshot } from "@hearth/core"

export const steps = ["name", "channel", "invite", "write"] as const
export type Step = (typeof steps)[number]
export type Done = Readonly<Record<Step, boolean>>

interface Facts {
  snapshot: GuildSnapshot
  heads: Bootstrap["heads"]
  /** The newest message of the open channel: it is known here before the heads of all channels are. */
  headHere: number
  /** There is an invite that works, or somebody has come. */
  invited: boolean
}

/** What is done of a new server's first steps, by what is there. */
export const doneOf = ({ snapshot, heads, headHere, invited }: Facts): Done => ({
  // No server is made without a name.
  name: true,
  // The first one came with the server.
  channel: snapshot.channels.length > 1,
  invite: invited,
  write: headHere > 0 || snapshot.channels.some((c) => (heads[c.id] ?? 0) > 0),
})

export const allDone = (done: Done): boolean => steps.every((step) => done[step])
