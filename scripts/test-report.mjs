// Counts what the runners report. Whatever is not plainly green counts as a failure: a file that does not load, a report that
// is missing, a run that tested nothing, a test that passed only at the second try.
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

/** Every folder with a tsconfig.json among the workspaces and the scripts. */
export const tsProjects = (root) =>
  ["apps/*", "packages/*", "e2e", "bench", "faults", "scripts"]
    .flatMap((pattern) => expand(root, pattern))
    .filter((folder) => existsSync(join(root, folder, "tsconfig.json")))

const expand = (root, pattern) => {
  if (!pattern.endsWith("/*")) return [pattern]
  const parent = pattern.slice(0, -2)
  return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
}

export const countVitest = (report, code) => {
  if (!report) return nothing()
  const files = report.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const count = (...statuses) => tests.filter((test) => statuses.includes(test.status)).length
  const failedFiles = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length
  return settle(
    {
      passed: count("passed"),
      failed: count("failed") + failedFiles,
      skipped: count("skipped", "pending", "todo", "disabled"),
    },
    code,
  )
}

export const countPlaywright = (report, code) => {
  if (!report?.stats) return nothing()
  const { expected, unexpected, flaky, skipped } = report.stats
  return settle({ passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped }, code)
}

export const sum = (results) => {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const result of results) for (const key of Object.keys(total)) total[key] += result[key]
  return total
}

const nothing = () => ({ passed: 0, failed: 1, skipped: 0 })

const settle = (counts, code) => {
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0)
  return silent ? { ...counts, failed: 1 } : counts
}
