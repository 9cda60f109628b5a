/** The first ten minutes: of a server for who made it, of a member who has just come in. */
export const first = {
  steps: {
    title: "First steps",
    putAway: "Put this list away",
    done: "done",
    name: "Give it a name",
    channel: "Make a second channel",
    invite: "Invite somebody",
    write: "Write the first message",
  },
  greeting: {
    title: "You are in {server} now.",
    lead: "Say hello, or just look around.",
    hello: "Say hello",
  },
} as const
