import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const settings: Translation<typeof en.settings> = {
  nav: "Einstellungen",
  explanation: "Erklärung",
  account: "Konto",
  sessions: "Sitzungen",
  appearance: "Aussehen",
  lead: "Wie Hearth in diesem Browser aussieht. Alles gilt sofort.",
  asSystem: "Wie das System",
  theme: "Farben",
  night: "Nacht",
  paper: "Papier",
  contrast: "Kontrast",
  normal: "Normal",
  more: "Mehr",
  density: "Dichte",
  compact: "Dicht",
  cosy: "Gemütlich",
  roomy: "Weit",
  light: "Licht",
  glow: "Glut und Feuerschein",
  glowHelp: "Lebhafte Server und Kanäle sind warm, und der offene Raum wird von unten erhellt.",
  language: "Sprache",
  asBrowser: "Wie der Browser",
}
