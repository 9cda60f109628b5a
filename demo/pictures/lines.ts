/** Who is how present, from those most at home in #mirror-lab on. */
export const MOODS = [
  ...(["online", "online", "online", "dnd", "online", "idle", "online", "online", "idle", "online", "online"] as const),
  ...(["online", "idle", "online", "online", "dnd", "online", "online", "idle", "online", "online"] as const),
] as const

/** So many of them have #mirror-lab open. */
export const READERS = 8

interface Lines {
  to: string
  /** The how-manieth of those who are at home there, and what they say. */
  said: readonly (readonly [number, string])[]
}

/** What was said a moment ago, so that the places are as warm as on a good evening. */
export const lines: readonly Lines[] = [
  {
    to: "tonight",
    said: [
      [11, "Clear to the horizon here. Io’s shadow goes on at half past."],
      [12, "On my way, with the big flask."],
      [13, "Dome is open, red light only please."],
      [14, "Saving you all a place at the ladder."],
    ],
  },
  {
    to: "electronics",
    said: [
      [15, "The new bearing is in. 2.9 A at the start, and not a squeak."],
      [16, "So it was the left one. Soup is on me."],
    ],
  },
  { to: "beginners", said: [[17, "I saw the rings! With *my* telescope! I am not going to bed."]] },
  {
    to: "tea-and-cake",
    said: [
      [18, "Apple crumble on the table in the shed, first come."],
      [19, "Running."],
      [20, "Leave a corner for the mirror people."],
    ],
  },
  { to: "repairs", said: [[2, "The creak was the seatpost. It is always the seatpost."]] },
  {
    to: "sourdough",
    said: [
      [3, "Out of the oven at seven. The ear stands up like a sail."],
      [4, "Photo, please, before it is gone."],
    ],
  },
  {
    to: "mirror-lab",
    said: [
      [1, "The big thermos comes along, too."],
      [2, "Eight at the gate, then. Hands off the mirror until Saturday!"],
      [3, "Hands are in my pockets."],
    ],
  },
]
