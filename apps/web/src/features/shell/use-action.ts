"use client"
import type { AppError } from "@hearth/core"
import { useRef, useState } from "react"
import type { z } from "zod"
import { useSentence } from "../../i18n/error-text.ts"
import { toAppError } from "../trpc/index.ts"

/** One thing that is asked of the server at a time: whether the answer is awaited, and what it failed with. */
export const useAction = <I, O>(run: (input: I) => Promise<O>) => {
  const going = useRef(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  /** Resolves to whether it worked; then `done` was called. */
  const send = async (input: I, done?: (output: O) => void): Promise<boolean> => {
    if (going.current) return false
    going.current = true
    setBusy(true)
    setError(null)
    try {
      const output = await run(input)
      done?.(output)
      return true
    } catch (thrown) {
      setError(toAppError(thrown))
      return false
    } finally {
      going.current = false
      setBusy(false)
    }
  }
  return { busy, error, send, forget: () => setError(null) }
}

export type Problems = Record<string, string | undefined>

/** The first sentence about each field that does not fit; null when all do. Forms and services parse with the same schema. */
export const useProblemsOf = () => {
  const say = useSentence()
  return (schema: z.ZodType, values: unknown): Problems | null => {
    const result = schema.safeParse(values)
    if (result.success) return null
    const problems: Problems = {}
    for (const issue of result.error.issues) {
      const field = issue.path.join(".") || "form"
      problems[field] ??= say(issue.message)
    }
    return problems
  }
}

const requestSchemas = () => import("./request-schemas.ts")
type RequestName = keyof Awaited<ReturnType<typeof requestSchemas>>

/** The same by a schema that comes when a form is sent: no page needs it to be drawn. Without it the server alone looks. */
export const useProblemsIn = () => {
  const problemsOf = useProblemsOf()
  return async (request: RequestName, values: unknown): Promise<Problems | null> => {
    const schemas = await requestSchemas().catch(() => null)
    return schemas && problemsOf(schemas[request], values)
  }
}
