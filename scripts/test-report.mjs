// Counts what the runners report. Whatever is not plainly green counts as a failure: a file that does not load, a report that
// is missing, a run that tested nothing. What passed only at the second try passed, and is told of by its name.
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { stripVTControlCharacters } from "node:util"

/** Every folder with a tsconfig.json among the workspaces and the scripts. */
export const tsProjects = (root) =>
  ["apps/*", "packages/*", "e2e", "bench", "faults", "demo", "scripts"]
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
  return settle({ passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped }, code)
}

/** A fault that was survived is a check that passed. */
export const countFaults = (report, code) => {
  if (!report) return nothing()
  const passed = report.rows.filter((row) => row.ok).length
  return settle({ passed, failed: report.rows.length - passed, skipped: 0 }, code)
}

export const tellFaults = (report) =>
  (report?.rows ?? [])
    .filter((row) => !row.ok || row.firstTry)
    .map((row) =>
      tell(
        row.ok ? SECOND : "✗",
        `${row.fault}, ${row.mode}`,
        (row.ok ? row.firstTry : row.complaints).slice(0, 4).join("\n"),
      ),
    )

const SECOND = "~ (passed at the second try)"

/** What to read after a red run, at the end of what may be a long log: which test, and the first lines of why. */
export const tellVitest = (report) =>
  (report?.testResults ?? []).flatMap((file) => {
    const told = file.assertionResults
      .filter((test) => test.status === "failed" || (test.status === "passed" && test.failureMessages?.length > 0))
      .map((test) =>
        tell(
          test.status === "failed" ? "✗" : SECOND,
          `${file.name} › ${test.fullName}`,
          test.failureMessages?.join("\n"),
        ),
      )
    const silent = file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")
    return silent ? [tell("✗", file.name, file.message), ...told] : told
  })

export const tellPlaywright = (report) => {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)]
  const told = (report?.suites ?? []).flatMap(specs).flatMap((spec) =>
    spec.tests
      .filter((test) => ["unexpected", "flaky"].includes(test.status))
      .map((test) => {
        const error = test.results.find((result) => result.error)?.error
        const mark = test.status === "flaky" ? SECOND : "✗"
        return tell(mark, `${spec.file}:${spec.line} › ${spec.title}`, error?.message)
      }),
  )
  return [...told, ...(report?.errors ?? []).map((error) => tell("✗", "a run", error.message))]
}

const LINES = 14

const tell = (mark, name, why = "") => {
  const lines = stripVTControlCharacters(why)
    .split("\n")
    .filter((line) => line.trim())
  return [`${mark} ${name}`, ...lines.slice(0, LINES).map((line) => `    ${line.slice(0, 300)}`)].join("\n")
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
