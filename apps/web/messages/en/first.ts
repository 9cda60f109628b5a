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
    lead: "Look around first, or join in.",
    hello: "Say hello",
  },
  tour: {
    title: "A short tour",
    place: "{n} of {all}",
    next: "Next",
    skip: "Skip",
    done: "Done",
    jump: {
      title: "Go anywhere",
      lead: "“Jump to…” finds each channel and server by a few of its letters. On keys: ⌘K or Ctrl K.",
      touch: "“Jump to…”, above the channels, finds each channel and server by a few of its letters.",
    },
    glow: { title: "Follow the light", lead: "Warm names are where people talk right now. The warmer, the livelier." },
    queue: {
      title: "Write on without a connection",
      lead: "What you send waits in your browser, and goes out by itself.",
    },
    keys: {
      title: "Hands on the keys",
      lead: "↑ changes your last message, Esc goes back, ? shows all of them.",
    },
  },
} as const
