import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const receipt: Translation<typeof en.receipt> = {
  sent: "Gesendet",
  delivered: "Zugestellt",
  read: "Gelesen",
  readBy: "Gelesen von {n, number} von {of, number}",
  deliveredTo: "Zugestellt an {n, number} von {of, number}",
  title: "Wie weit sie gekommen ist",
  readers: "Gelesen von",
  receivers: "Zugestellt an",
  waiting: "Gesendet an",
  rule: "Lesebestätigungen",
  shown: "Anderen zeigen, was mich erreicht hat und was ich gelesen habe",
  shownHelp:
    "In Direktnachrichten und Gruppen. Ist es aus, sieht es niemand von dir, und du siehst es von niemandem. Solange du unsichtbar bist, wird nichts gezeigt.",
}
