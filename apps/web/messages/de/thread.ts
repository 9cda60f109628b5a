import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const thread: Translation<typeof en.thread> = {
  title: "Thread",
  inChannel: "Thread in {channel}",
  start: "Im Thread antworten",
  replies: "{n, plural, =0 {Noch keine Antworten} =1 {1 Antwort} other {# Antworten}}",
  line: "Thread,",
  last: "{name}, {time}",
  close: "Thread schließen",
  label: "Im Thread antworten",
  new: "neu",
  unread: "Threads, denen du folgst",
  follow: "Diesem Thread folgen",
  unfollow: "Nicht mehr folgen",
  mute: "Thread stummschalten",
  unmute: "Wieder davon hören",
  hint: "Im Thread antworten",
  nobody: "Hier hat noch niemand geantwortet.",
  loading: "Der Thread wird geladen",
  deleted: "Die Nachricht wurde gelöscht. Ihr Thread ist noch da.",
  all: "Threads",
  active: "Aktiv",
  archived: "Archiviert",
  which: "Welche Threads",
  noActive: "Gerade ist hier niemand in einem Thread. Antworte auf eine Nachricht im Thread, dann steht er hier.",
  noArchived: "Hier ist noch kein Thread still geworden.",
}
