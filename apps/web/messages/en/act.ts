export const act = {
  more: "More to do",
  react: "React",
  addReaction: "Add a reaction",
  // A pill for the ear: pressed or not is said beside it.
  reaction: "{emoji}, {n, number}",
  others: "{n, plural, =1 {1 other} other {# others}}",
  whoReacted: "Who reacted",
  whichEmoji: "Reactions",
  gave: "Who gave {emoji}",
  nobody: "Nobody any more.",
  loading: "Loading",
  quick: {
    thumb: "Thumbs up",
    heart: "Heart",
    laugh: "Laughing",
    party: "Party",
    wow: "Astonished",
    thanks: "Thank you",
  },
} as const
