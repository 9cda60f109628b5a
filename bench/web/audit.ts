import lighthouse, { desktopConfig } from "lighthouse"
import type { Report } from "../report.ts"
import { DEBUG_PORT } from "./browser.ts"
import { pagesOf } from "./load.ts"
import type { Stage } from "./stage.ts"

const CATEGORIES = ["performance", "accessibility", "best-practices"] as const
const GOAL = 95

/** Lighthouse in the browser that runs, as its desktop preset and as its phone see a page. */
export const measureAudits = async (stage: Stage, report: Report): Promise<void> => {
  const cookie = stage.reader
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ")
  for (const form of ["desktop", "mobile"] as const)
    for (const { name, path, signedIn } of pagesOf(stage)) {
      const result = await lighthouse(
        stage.url + path,
        {
          port: DEBUG_PORT,
          onlyCategories: [...CATEGORIES],
          logLevel: "error",
          ...(signedIn && { extraHeaders: { Cookie: cookie } }),
        },
        form === "desktop" ? desktopConfig : undefined,
      )
      for (const category of CATEGORIES) {
        const score = (result?.lhr.categories[category]?.score ?? 0) * 100
        report.add("embedded", `Lighthouse ${category}, ${name}, ${form}`, score, "", GOAL)
      }
      const failed = Object.values(result?.lhr.audits ?? {}).filter(
        (audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative",
      )
      for (const audit of failed) report.say(`  ${audit.id}: ${audit.displayValue ?? audit.title}`)
    }
}
