import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const act: Translation<typeof en.act> = {
  more: "Mehr tun",
  react: "Reagieren",
  addReaction: "Reaktion hinzufügen",
  reaction: "{emoji}, {n, number}",
  others: "{n, plural, =1 {1 weitere Person} other {# weitere}}",
  allEmoji: "Alle Emoji",
  whoReacted: "Wer reagiert hat",
  whichEmoji: "Reaktionen",
  gave: "Wer {emoji} gegeben hat",
  nobody: "Niemand mehr.",
  loading: "Wird geladen",
  pin: "Anheften",
  unpin: "Loslösen",
  pinned: "Angeheftet",
  noPins: "Hier ist noch nichts angeheftet.",
  pinnedBy: "Angeheftet von {name}, {time}",
  history: "Was vorher da stand",
  trace: "Was ist damit geschehen?",
  now: "jetzt",
  first: "zuerst geschrieben",
  quick: {
    thumb: "Daumen hoch",
    heart: "Herz",
    laugh: "Lachen",
    party: "Feier",
    wow: "Staunen",
    thanks: "Danke",
  },
}
