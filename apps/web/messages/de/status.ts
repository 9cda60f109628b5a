import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const status: Translation<typeof en.status> = {
  state: "Wie man dich sieht",
  states: { online: "So, wie du da bist", idle: "Untätig", dnd: "Bitte nicht stören", invisible: "Unsichtbar" },
  set: "Status setzen",
  notChanged: "Dein Status wurde nicht geändert. Bitte versuch es noch einmal.",
  title: "Dein Status",
  lead: "Wer dich hier sieht, liest ihn neben deinem Namen.",
  text: "Was du gerade tust",
  emoji: "Emoji",
  pickEmoji: "Emoji auswählen",
  changeEmoji: "Das Emoji {emoji} ändern",
  dropEmoji: "Ohne Emoji",
  until: "Entfernen",
  spans: {
    half: "In einer halben Stunde",
    hour: "In einer Stunde",
    hours: "In 4 Stunden",
    today: "Um Mitternacht",
    never: "Nie",
  },
  save: "Speichern",
  clear: "Jetzt entfernen",
  saved: "Dein Status ist gesetzt",
  cleared: "Dein Status ist entfernt",
  lastActive: "zuletzt aktiv: {when}",
  whoSees: "Was andere von dir sehen",
  showLastActive: "Zeigen, wann ich zuletzt aktiv war",
  showLastActiveHelp:
    "Freunden, und Leuten deiner Server, mit denen du schreibst, solange du nicht da bist. Du siehst es von denen, die es auch zeigen. Unsichtbar zu sein ändert es nicht.",
}
