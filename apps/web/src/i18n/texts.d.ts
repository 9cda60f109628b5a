import type { Texts } from "./catalogs.ts"
import type { Locale as Spoken } from "./locales.ts"

declare module "next-intl" {
  interface AppConfig {
    Locale: Spoken
    Messages: Texts
  }
}
