import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const report: Translation<typeof en.report> = {
  report: "Melden",
  reportNamed: "{name} melden",
  title: "{name} melden?",
  lead: "Wer sich um dieses Hearth kümmert, liest es. {name} erfährt davon nichts.",
  text: "Was ist geschehen?",
  textHelp: "In deinen Worten. Es kann auch leer bleiben.",
  send: "Meldung abschicken",
  sent: "Danke. Jemand sieht es sich an.",
}
