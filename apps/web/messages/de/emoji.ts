import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const emoji: Translation<typeof en.emoji> = {
  title: "Emoji",
  search: "Emoji suchen",
  groups: "Gruppen von Emoji",
  group: {
    recent: "Zuletzt benutzt",
    smileys: "Smileys und Gefühle",
    people: "Menschen",
    nature: "Tiere und Natur",
    food: "Essen und Trinken",
    travel: "Orte und Reisen",
    activities: "Spiele und Feste",
    objects: "Dinge",
    symbols: "Zeichen",
    flags: "Flaggen",
  },
  nothing: "Ein Emoji dieses Namens gibt es nicht.",
  loading: "Emoji werden geladen",
  notLoaded: "Die Emoji wurden nicht geladen. Schließe das hier und versuche es noch einmal.",
  tone: "Hautton {n, number} von 6",
  nextTone: "Nächster Hautton",
}
