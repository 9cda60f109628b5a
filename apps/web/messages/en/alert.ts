export const alert = {
  title: "Keywords",
  lead: "A message that has one of these words counts as one for you, in every server that you are in.",
  word: "A word, or a few",
  help: "Whole words, in capitals or not, with accents or without. Nobody else sees them.",
  add: "Add keyword",
  added: "You will hear of “{word}”.",
  yours: "Your keywords",
  none: "None yet. Your own messages never count, nor what you may not read.",
  loading: "Your keywords are loading",
  since: "Since {time}",
  remove: "Remove “{word}”",
  removed: "“{word}” is removed.",
} as const
