"use client"
import { useAnswer } from "./use-answer.ts"
import { useAsked } from "./use-asked.ts"

/** One rule that is on or off, as the server has it: shown at once, and taken back when it was not kept. */
export const useRule = (load: () => Promise<boolean>, keep: (value: boolean) => Promise<unknown>) => {
  const answer = useAnswer()
  const { value, error, again, set } = useAsked(load)
  return {
    value,
    error,
    again,
    /** As another of one's devices set it. */
    heard: set,
    set: async (wanted: boolean) => {
      set(wanted)
      if (!(await answer(keep(wanted)))) set(!wanted)
    },
  }
}
export type Rule = ReturnType<typeof useRule>
