import { existsSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type Measured, scaleDoc } from "./scale-doc.ts"
import { asUnitCosts, unitCosts, type UnitCosts } from "./scale-model.ts"

const cheap = Object.fromEntries(Object.keys(unitCosts).map((name) => [name, 0.5])) as UnitCosts
const made: Measured = {
  about: {
    ...{ startedAt: "2026-11-27T05:00:00.000Z", node: "v24.21.0", processor: "a processor", cores: 2, quick: false },
    ...{ connections: 5000, secondsAPhase: 30, load: 7.25 },
  },
  rows: [
    { name: "packets a change", mode: "baseline", value: 5000, unit: "packets", baseline: null, ratio: null },
    { name: "packets a change", mode: "cluster", value: 30, unit: "packets", baseline: 5000, ratio: 0.006 },
  ],
  units: cheap,
  warnings: ["something was lost"],
}

test("the page shows what was measured beside telling everybody, each cost, and how busy the machine was", () => {
  const page = scaleDoc(made)
  expect(page).toContain("| packets a change | 30 | 5,000 | packets |")
  for (const what of Object.values(unitCosts)) expect(page).toContain(`| ${what} | 0.5 |`)
  expect(page).toContain("load average up to 7.25")
  expect(page).toContain("upper bounds")
  expect(page).toContain("Not as it should be: something was lost")
  // A million people with 1.2 connections each; 2 % a minute of them change, each shown by 36.
  expect(page).toContain("| connections | A1 × A2 | 1,200,000 |")
  expect(page).toContain(
    "| packets of presence a second | changes × A4 × A2: each change to who shows that person | 12,000 |",
  )
  expect(page).not.toMatch(/NaN|undefined|Infinity/)
})

test("docs/scale.md, once there is one, is what the model makes of docs/scale.json", () => {
  const [page, figures] = ["scale.md", "scale.json"].map((name) => new URL(`../docs/${name}`, import.meta.url))
  if (!page || !figures) throw new Error("two files have no names")
  expect(existsSync(page)).toBe(existsSync(figures))
  if (!existsSync(page)) return
  const measured = JSON.parse(readFileSync(figures, "utf8")) as Measured
  asUnitCosts(measured.units)
  expect(measured.about.quick).toBe(false)
  // After another look at the model: npm run bench:presence -- --model
  expect(readFileSync(page, "utf8")).toBe(scaleDoc(measured))
})
