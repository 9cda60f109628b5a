import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const setup: Translation<typeof en.setup> = {
  title: "Den Herd anzünden",
  lead: "Hier wohnt noch niemand. Du hütest diesen Ort als Erste:r, und alles lässt sich später ändern.",
  code: "Einrichtungscode",
  codeHelp: "Er steht beim Start am Ende der Ausgabe.",
  codeMissing: "Ohne den Code lässt sich hier nichts einrichten.",
  instanceName: "Wie heißt dieser Hearth?",
  submit: "Anzünden",
}
