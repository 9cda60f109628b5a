export const compose = {
  people: "People to mention",
  channels: "Channels to link",
  emoji: "Emoji",
  everyone: "all who can read here",
  here: "who can read here, and is here now",
  role: "role",
  pickEmoji: "Emoji",
  commands: "Commands",
  slow: "Slow mode: one message every {length}.",
  slowWait: "You can send the next one in {time}.",
} as const
