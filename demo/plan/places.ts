import type { Rhythm } from "./calendar.ts"

export interface ChannelPlan {
  name: string
  topic: string
  /** A file of `words/`. */
  pack: string
  /** Its part of the server's messages. */
  weight: number
  /** How many of the server's talkers are at home here. */
  regulars: number
  rhythm?: Rhythm
  /** Small talk that fits anywhere is heard here, too: one scene in so many. 0: never. */
  chatter?: number
  /** Messages that the demo's person has not read. */
  unread?: number
  /** The voices go on talking here. */
  live?: boolean
}

export interface RolePlan {
  name: string
  /** Of the talkers, from the first on. */
  people: number
  moderates?: boolean
}

export interface GuildPlan {
  name: string
  /** Of a thousand of all people. */
  members: number
  talkers: number
  /** Where its talkers begin among all people. */
  from: number
  /** Of a thousand of all messages. */
  messages: number
  /** From the highest down. */
  roles: readonly RolePlan[]
  channels: readonly ChannelPlan[]
}

export const guildPlans: readonly GuildPlan[] = [
  {
    name: "Larkfield Observatory",
    members: 1000,
    talkers: 140,
    from: 0,
    messages: 720,
    roles: [
      { name: "Keepers", people: 4, moderates: true },
      { name: "Builders", people: 16 },
      { name: "Stargazers", people: 48 },
    ],
    channels: [
      {
        name: "start-here",
        topic: "Who we are, five house rules, and where to say hello.",
        pack: "start-here",
        weight: 6,
        regulars: 60,
      },
      {
        name: "announcements",
        topic: "What everybody should know. Few words, by keepers.",
        pack: "announcements",
        weight: 6,
        regulars: 4,
        unread: 1,
      },
      {
        name: "tonight",
        topic: "Clear? Cloudy? Who is up, where, and what is worth a look.",
        pack: "tonight",
        weight: 120,
        regulars: 60,
        rhythm: "night",
        chatter: 14,
        unread: 6,
        live: true,
      },
      {
        name: "mirror-lab",
        topic: "Grinding, figuring and testing the 40 cm. Wash your hands between grits.",
        pack: "mirror-lab",
        weight: 80,
        regulars: 18,
        chatter: 12,
        unread: 3,
        live: true,
      },
      {
        name: "mount-and-tube",
        topic: "Wood, Teflon, balance. Measure twice.",
        pack: "mount-and-tube",
        weight: 50,
        regulars: 16,
        chatter: 14,
      },
      {
        name: "electronics",
        topic: "Motors, sensors, heaters, and the magic smoke.",
        pack: "electronics",
        weight: 60,
        regulars: 16,
        chatter: 16,
        unread: 2,
        live: true,
      },
      {
        name: "firmware",
        topic: "Code that runs in the cold. Flash it when it is cloudy.",
        pack: "firmware",
        weight: 50,
        regulars: 12,
        chatter: 18,
      },
      {
        name: "data-reduction",
        topic: "From frames to numbers, and why the numbers are wrong.",
        pack: "data-reduction",
        weight: 40,
        regulars: 12,
        chatter: 18,
      },
      {
        name: "astrophotos",
        topic: "Show what you made, say how you made it.",
        pack: "astrophotos",
        weight: 80,
        regulars: 34,
        rhythm: "night",
        chatter: 18,
        unread: 12,
      },
      {
        name: "planets",
        topic: "Gas, dust, shadows, and the Spot.",
        pack: "planets",
        weight: 40,
        regulars: 20,
        rhythm: "night",
        chatter: 16,
      },
      {
        name: "deep-sky",
        topic: "Faint fuzzies at the eyepiece. Red light only.",
        pack: "deep-sky",
        weight: 50,
        regulars: 22,
        rhythm: "night",
        chatter: 16,
      },
      {
        name: "variable-stars",
        topic: "Estimates, outbursts, and waiting for T CrB.",
        pack: "variable-stars",
        weight: 36,
        regulars: 12,
        rhythm: "night",
        chatter: 20,
      },
      {
        name: "beginners",
        topic: "No question is too small. We have all left the cap on.",
        pack: "beginners",
        weight: 80,
        regulars: 50,
        chatter: 14,
        unread: 4,
        live: true,
      },
      {
        name: "outreach",
        topic: "Schools, fairs, open nights: who comes, who carries, who talks.",
        pack: "outreach",
        weight: 28,
        regulars: 18,
        chatter: 12,
      },
      {
        name: "books-and-papers",
        topic: "Read something good? Pass it on.",
        pack: "books-and-papers",
        weight: 18,
        regulars: 18,
        chatter: 16,
      },
      {
        name: "many-tongues",
        topic: "Deutsch, español, العربية, 日本語, português, עברית … say it your way.",
        pack: "many-tongues",
        weight: 30,
        regulars: 140,
      },
      {
        name: "weather",
        topic: "What the models say, and what the knee says.",
        pack: "weather",
        weight: 26,
        regulars: 24,
        rhythm: "early",
        chatter: 12,
      },
      {
        name: "tea-and-cake",
        topic: "Everything else: dinners, dogs, good news and bad jokes.",
        pack: "tea-and-cake",
        weight: 100,
        regulars: 70,
        chatter: 4,
        live: true,
      },
      {
        name: "lifts-and-keys",
        topic: "Who drives, who has the key, and what the lane looks like.",
        pack: "lifts-and-keys",
        weight: 26,
        regulars: 24,
        chatter: 12,
      },
      { name: "lost-and-found", topic: "Gloves, mostly.", pack: "lost-and-found", weight: 8, regulars: 30 },
    ],
  },
  {
    name: "Spoke & Kettle",
    members: 56,
    talkers: 34,
    from: 100,
    messages: 80,
    roles: [
      { name: "Wrenches", people: 6, moderates: true },
      { name: "Riders", people: 14 },
    ],
    channels: [
      {
        name: "repairs",
        topic: "Creaks, skips and squeals. Bring it on Thursday.",
        pack: "repairs",
        weight: 50,
        regulars: 20,
        chatter: 14,
        live: true,
      },
      {
        name: "parts-shelf",
        topic: "Free to a good frame.",
        pack: "parts-shelf",
        weight: 22,
        regulars: 18,
        chatter: 14,
      },
      {
        name: "rides",
        topic: "Easy pace. Nobody is dropped.",
        pack: "rides",
        weight: 26,
        regulars: 22,
        rhythm: "early",
        chatter: 12,
        unread: 2,
      },
      { name: "kettle", topic: "Tea, cake, talk.", pack: "tea-and-cake", weight: 30, regulars: 26, chatter: 5 },
    ],
  },
  {
    name: "Sunday Crumb",
    members: 128,
    talkers: 44,
    from: 124,
    messages: 90,
    roles: [
      { name: "Bakers", people: 5, moderates: true },
      { name: "Early birds", people: 16 },
    ],
    channels: [
      {
        name: "sourdough",
        topic: "Crumb, crust, and what to call your starter.",
        pack: "sourdough",
        weight: 60,
        regulars: 30,
        rhythm: "early",
        chatter: 16,
        unread: 5,
        live: true,
      },
      {
        name: "sweet-things",
        topic: "Butter is on our side.",
        pack: "sweet-things",
        weight: 36,
        regulars: 24,
        chatter: 14,
      },
      {
        name: "kitchen-table",
        topic: "Pull up a chair. It is four in the morning.",
        pack: "kitchen-table",
        weight: 30,
        regulars: 26,
        rhythm: "early",
        chatter: 5,
      },
      {
        name: "recipes-and-dinners",
        topic: "What is on the stove.",
        pack: "tea-and-cake",
        weight: 20,
        regulars: 24,
        chatter: 8,
      },
    ],
  },
  {
    name: "Tidewater",
    members: 240,
    talkers: 40,
    from: 150,
    messages: 80,
    roles: [
      { name: "Maintainers", people: 4, moderates: true },
      { name: "Contributors", people: 18 },
    ],
    channels: [
      { name: "releases", topic: "What is new, in words that people read.", pack: "releases", weight: 4, regulars: 4 },
      {
        name: "help",
        topic: "Say what you ran, what came, and what you expected.",
        pack: "help",
        weight: 50,
        regulars: 26,
        chatter: 20,
        unread: 3,
        live: true,
      },
      {
        name: "development",
        topic: "Small commits, kind reviews.",
        pack: "development",
        weight: 40,
        regulars: 16,
        chatter: 18,
      },
      {
        name: "off-topic",
        topic: "Boats, bread, and everything else.",
        pack: "tea-and-cake",
        weight: 16,
        regulars: 24,
        chatter: 5,
      },
    ],
  },
  {
    name: "Allotment Twelve",
    members: 9,
    talkers: 22,
    from: 180,
    messages: 20,
    roles: [{ name: "Committee", people: 3, moderates: true }],
    channels: [
      {
        name: "plots",
        topic: "What grows, what eats it, and who waters.",
        pack: "plots",
        weight: 30,
        regulars: 18,
        rhythm: "early",
        chatter: 10,
      },
      {
        name: "seeds-and-swaps",
        topic: "Paper bags on the shelf.",
        pack: "seeds-and-swaps",
        weight: 12,
        regulars: 16,
        chatter: 10,
      },
    ],
  },
  {
    name: "Elm Street Choir",
    members: 10,
    talkers: 24,
    from: 196,
    messages: 10,
    roles: [],
    channels: [
      {
        name: "rehearsals",
        topic: "Wednesdays at seven. Breathe before the hill.",
        pack: "choir",
        weight: 10,
        regulars: 20,
        chatter: 6,
        unread: 2,
      },
    ],
  },
]

export interface Size {
  people: number
  messages: number
  /** How far back it goes. */
  days: number
}
export const sizes = {
  full: { people: 5000, messages: 100_000, days: 730 },
  small: { people: 150, messages: 1200, days: 60 },
} as const satisfies Record<string, Size>
export type SizeName = keyof typeof sizes
